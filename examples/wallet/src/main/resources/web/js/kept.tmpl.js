/** The files that the user keeps, wherever they are attached: to look what there is, and to make room. */

import { command } from {{ file('js/api.js') }};
import { attempt, byId, element } from {{ file('js/dom.js') }};
import { size } from {{ file('js/chat/files.js') }};

const form = byId("kept");
const list = byId("kept-files");
const more = byId("kept-more");
const none = byId("kept-none");

let next;

function item({ fileId, name, size: length }) {
  const remove = element("button", { type: "button", className: "second" }, "Delete");
  remove.setAttribute("aria-label", `Delete ${name}`);
  const made = element("li", {}, element("span", { className: "file-name" }, `${name} (${size(length)})`), remove);
  remove.addEventListener("click", () =>
    attempt(form, async () => {
      await command("files/delete", { fileId });
      made.remove();
      none.hidden = list.childElementCount > 0;
      byId("kept-done").textContent = `${name} is deleted, also where it was attached.`;
    }),
  );
  return made;
}

async function look(cursor) {
  const page = await command("files/list", { limit: 20, ...(cursor ? { cursor } : {}) }, { again: true });
  if (!cursor) {
    list.replaceChildren();
  }
  list.append(...page.files.map(item));
  next = page.next;
  more.hidden = next === undefined;
  none.hidden = list.childElementCount > 0;
}

more.addEventListener("click", () => attempt(form, () => look(next)));

/** Shows the newest. */
export const show = () => attempt(form, () => look());
