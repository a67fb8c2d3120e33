/** Coming in: registration, sign-in, a forgotten password. */

import { command } from {{ file('js/api.js') }};
import { byId, forgetComplaints, onSubmit } from {{ file('js/dom.js') }};
import { enter } from {{ file('js/session.js') }};

const entrance = byId("entrance");
const recovery = byId("recovery");
const recoveryCode = byId("recovery-code");

async function signIn({ email, password }) {
  const session = await command("accounts/sign-in", { email, password }, { again: true });
  enter(session, await command("accounts/me", {}, { as: session.token, again: true }));
}

function turn(toRecovery) {
  forgetComplaints();
  entrance.hidden = toRecovery;
  recovery.hidden = !toRecovery;
  recoveryCode.hidden = true;
  const [from, to] = toRecovery ? [entrance, recovery] : [recovery, entrance];
  to.elements.email.value = from.elements.email.value;
  to.elements.email.focus();
}

onSubmit(entrance, async ({ email, password }, button) => {
  if (button === "register") {
    await command("accounts/register", { email, password });
  }
  await signIn({ email, password });
  entrance.reset();
});

onSubmit(recovery, async ({ email, code, password }) => {
  if (recoveryCode.hidden) {
    await command("accounts/recover", { email });
    recoveryCode.hidden = false;
    recovery.elements.code.focus();
    return;
  }
  await command("accounts/reset-password", { email, code, password });
  await signIn({ email, password });
  recovery.reset();
});

byId("forgotten").addEventListener("click", () => turn(true));
byId("remembered").addEventListener("click", () => turn(false));

/** Shows the way in, or hides it. */
export function show(wanted) {
  recovery.hidden = true;
  entrance.hidden = !wanted;
}
