/** Writing: a text, and files that are sent while it is written. */

import { byId, complain, element, forgetComplaints } from {{ file('js/dom.js') }};
import { size, upload } from {{ file('js/chat/files.js') }};

const form = byId("composer");
const text = form.elements.text;
const list = byId("attachments");
const send = form.elements.send;
const MOST = 10;

const drafts = new Map(); // of rooms, as long as this page lasts
let files = []; // {file, info, fault, abort, item, bar, note}
let talk;

function draw() {
  send.disabled = files.some(({ info }) => !info);
  send.title = send.disabled ? "Files are still on their way, or were refused: wait, or remove them." : "";
}

function remove(one) {
  one.abort.abort();
  files = files.filter((other) => other !== one);
  one.item.remove();
  draw();
  text.focus();
}

async function start(one) {
  try {
    one.info = await upload(one.file, (share) => (one.bar.value = share), one.abort.signal);
    one.note.textContent = "";
    one.bar.remove();
  } catch (error) {
    if (!one.abort.signal.aborted) {
      one.bar.remove();
      const limit = error.code === "PAYLOAD_TOO_LARGE" && error.problem.limit;
      one.note.textContent = limit ? `The file is too large: ${size(limit)} at most.` : error.message;
      one.note.className = "refused";
    }
  }
  draw();
}

function add(chosen) {
  forgetComplaints();
  for (const file of chosen) {
    if (files.length >= MOST) {
      complain(form, new Error(`A message has at most ${MOST} files.`));
      return;
    }
    const bar = element("progress", { max: 1, value: 0 });
    bar.setAttribute("aria-label", `Sending ${file.name}`);
    const note = element("span", { role: "status" });
    const cancel = element("button", { type: "button", className: "second" }, "Remove");
    cancel.setAttribute("aria-label", `Remove ${file.name}`);
    const one = { file, info: null, abort: new AbortController(), bar, note, item: element("li", {}, element("span", { className: "file-name" }, `${file.name} (${size(file.size)})`), bar, note, cancel) };
    cancel.addEventListener("click", () => remove(one));
    files.push(one);
    list.append(one.item);
    start(one);
  }
  draw();
}

function say() {
  forgetComplaints();
  const said = text.value;
  if (talk.conversation === null || (said.trim() === "" && files.length === 0)) {
    return;
  }
  try {
    if (send.disabled) {
      throw new Error(send.title);
    }
    const attachments = files.map(({ info: { fileId, name } }) => ({ fileId, name }));
    talk.say(said, attachments).catch((error) => complain(form, error));
    reset();
  } catch (error) {
    complain(form, error);
  }
}

/** Files that are on their way are ended. */
function reset() {
  files.forEach(({ abort, item }) => {
    abort.abort();
    item.remove();
  });
  files = [];
  text.value = "";
  draw();
}

/** Goes on in another room, with what was begun there. */
export function turn(from, to) {
  drafts.set(from, text.value);
  reset();
  text.value = drafts.get(to) ?? "";
}

/** Forgets what was begun. */
export function forget() {
  reset();
  drafts.clear();
}

/** Writes into this talk from now on. */
export const into = (other) => (talk = other);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  say();
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    say();
  }
});

text.addEventListener("input", () => text.value !== "" && talk.typing());

text.addEventListener("paste", (event) => {
  if (event.clipboardData.files.length > 0) {
    event.preventDefault();
    add(event.clipboardData.files);
  }
});

byId("files").addEventListener("change", (event) => {
  add([...event.target.files]);
  event.target.value = ""; // so that the same can be chosen again
});

const place = byId("conversation");
place.addEventListener("dragover", (event) => {
  if (event.dataTransfer.types.includes("Files")) {
    event.preventDefault();
    place.classList.add("drop");
  }
});
place.addEventListener("dragleave", (event) => {
  if (!place.contains(event.relatedTarget)) {
    place.classList.remove("drop");
  }
});
place.addEventListener("drop", (event) => {
  if (event.dataTransfer.files.length > 0) {
    event.preventDefault();
    add([...event.dataTransfer.files]);
  }
  place.classList.remove("drop");
});
