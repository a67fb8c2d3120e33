/** Asks who signs out while messages are not sent yet: this browser forgets them then. */

import { byId } from {{ file('js/dom.js') }};
import { unsent } from {{ file('js/chat/outbox.js') }};

const dialog = byId("leaving-dialog");

/** @returns {Promise<boolean>} whether the user may go: nothing is lost, or it may be */
export async function mayLeave() {
  const count = unsent();
  if (count === 0) {
    return true;
  }
  byId("leaving-text").textContent = count === 1 ? "A message is not sent yet. It would be discarded." : `${count} messages are not sent yet. They would be discarded.`;
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue === "discard";
}
