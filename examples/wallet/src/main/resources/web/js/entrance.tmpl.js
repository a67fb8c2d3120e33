/** Coming in: sign-in, and by letter a new account or a new password. */

import { command } from {{ file('js/api.js') }};
import { attempt, byId, forgetComplaints, onSubmit } from {{ file('js/dom.js') }};
import { enter } from {{ file('js/session.js') }};

const entrance = byId("entrance");
const registration = byId("registration");
const recovery = byId("recovery");

async function begin(session) {
  enter(session, await command("accounts/me", {}, { as: session.token, again: true }));
}

const signIn = async ({ email, password }) => begin(await command("accounts/sign-in", { email, password }, { again: true }));

/** Shows one of the forms, with the address that was typed into another. */
function turn(from, to) {
  forgetComplaints();
  from.hidden = true;
  to.hidden = false;
  to.elements.email.value = from.elements.email.value;
  to.elements.email.focus();
}

/** Asks for the code of a letter, or begins anew with the address. */
function askForCode(form, wanted) {
  const step = form.querySelector("fieldset");
  step.hidden = step.disabled = !wanted;
  form.querySelector(".has-code").hidden = wanted;
  form.querySelector(".again").hidden = !wanted;
  if (wanted) {
    form.elements.code.focus();
  }
}

/** A form of two steps: an address that a letter goes to, then its code and a password. */
function byLetter(form, opener, order, finish) {
  onSubmit(form, async ({ email, code, password }) => {
    if (code === undefined) {
      await order(email);
      askForCode(form, true);
      return;
    }
    await finish({ email, code, password });
    form.reset();
  });
  opener.addEventListener("click", () => {
    askForCode(form, false);
    turn(entrance, form);
  });
  form.querySelector(".back").addEventListener("click", () => turn(form, entrance));
  form.querySelector(".has-code").addEventListener("click", () => askForCode(form, true));
  form.querySelector(".again").addEventListener("click", () =>
    attempt(form, async () => {
      await order(form.elements.email.value);
      form.querySelector(".done").textContent = "Letters go again, at most one a minute.";
    }),
  );
}

onSubmit(entrance, async (fields) => {
  await signIn(fields);
  entrance.reset();
});

byLetter(
  registration,
  entrance.elements.register,
  (email) => command("accounts/register", { email }, { again: true }),
  async (fields) => begin(await command("accounts/confirm", fields)),
);

byLetter(
  recovery,
  byId("forgotten"),
  (email) => command("accounts/recover", { email }, { again: true }),
  async (fields) => {
    await command("accounts/reset-password", fields);
    await signIn(fields);
  },
);

/** Shows the way in, or hides it. */
export function show(wanted) {
  registration.hidden = recovery.hidden = true;
  entrance.hidden = !wanted;
}
