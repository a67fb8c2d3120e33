/** The user's own account: address, password, other devices. */

import { command } from {{ file('js/api.js') }};
import { byId, onSubmit } from {{ file('js/dom.js') }};
import * as files from {{ file('js/kept.js') }};
import { mayLeave } from {{ file('js/leaving.js') }};
import { isConfirmed, leave, me, update } from {{ file('js/session.js') }};

const account = byId("account");
const password = byId("password");

function draw() {
  const { email } = me();
  const confirmed = isConfirmed();
  byId("my-address").textContent = email;
  byId("my-state").textContent = confirmed ? "confirmed" : "not confirmed";
  byId("unconfirmed").hidden = confirmed;
  password.elements.username.value = email;
}

onSubmit(password, async ({ password: before, newPassword }) => {
  await command("accounts/change-password", { password: before, newPassword });
  password.reset();
  draw();
  byId("password-changed").textContent = "The password is changed; other devices are signed out.";
});

onSubmit(byId("everywhere"), async () => {
  if (await mayLeave()) {
    await command("accounts/sign-out-everywhere", {});
    leave();
  }
});

/** Shows the account, and the files that the user keeps. */
export function show() {
  draw();
  account.hidden = false;
  files.show();
}

export const hide = () => (account.hidden = true);

/** Asks whether the address is confirmed by now, in another browser perhaps. */
export async function refresh() {
  const asked = me();
  if (asked !== null) {
    const found = await command("accounts/me", {}, { again: true });
    if (me()?.userId === found.userId) {
      update({ me: found });
      draw();
    }
  }
}
