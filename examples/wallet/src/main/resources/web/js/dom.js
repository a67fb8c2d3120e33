/** Finds and makes elements, and runs what a form asks for. It depends on nothing. */

export const byId = (id) => document.getElementById(id);

/** Makes an element; properties that it does not have become attributes. Texts stay texts. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [property, value] of Object.entries(properties)) {
    if (property in made) {
      made[property] = value;
    } else {
      made.setAttribute(property, value);
    }
  }
  made.append(...children);
  return made;
}

/** Shows what went wrong beside a form, or at the top of the page. */
export function complain(place, error) {
  const failure = place?.querySelector(".failure") ?? byId("failure");
  failure.textContent = error.message;
  failure.hidden = false;
  failure.scrollIntoView({ block: "nearest" });
}

export function forgetComplaints() {
  document.querySelectorAll(".failure").forEach((failure) => (failure.hidden = true));
  document.querySelectorAll(".done").forEach((done) => (done.textContent = ""));
}

/** Does what a form asks for, once at a time, and says what went wrong. */
export async function attempt(form, work) {
  forgetComplaints();
  const buttons = form.querySelectorAll("button");
  const focused = document.activeElement;
  buttons.forEach((button) => (button.disabled = true));
  try {
    await work();
  } catch (error) {
    complain(form, error);
  } finally {
    buttons.forEach((button) => (button.disabled = false));
    if (form.contains(focused) && document.activeElement === document.body) {
      focused.focus(); // a button that is disabled loses it
    }
  }
}

/** Calls a listener with the fields of a form, and the name of the button. */
export function onSubmit(form, listener) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    attempt(form, () => listener(fields, event.submitter?.name));
  });
}
