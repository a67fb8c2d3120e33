/** The page: who is signed in, and which view is shown, by the part of the address behind `#`. */

import * as account from {{ file('js/account.js') }};
import { command } from {{ file('js/api.js') }};
import * as chat from {{ file('js/chat/chat.js') }};
import { byId, forgetComplaints } from {{ file('js/dom.js') }};
import * as entrance from {{ file('js/entrance.js') }};
import { mayLeave } from {{ file('js/leaving.js') }};
import { isConfirmed, leave, me, onChange } from {{ file('js/session.js') }};
import * as wallet from {{ file('js/wallet.js') }};

const views = { wallet, chat, account };
const nav = byId("views");
const signOut = byId("sign-out");

function show() {
  const [name, detail] = location.hash.slice(1).split("/");
  const wanted = me() === null ? "" : Object.hasOwn(views, name) ? name : "wallet";
  document.body.dataset.view = wanted;
  entrance.show(wanted === "");
  nav.hidden = signOut.hidden = wanted === "";
  for (const [view, { show, hide }] of Object.entries(views)) {
    if (view === wanted) {
      show(detail);
    } else {
      hide();
    }
  }
  for (const link of nav.querySelectorAll("a")) {
    if (link.hash === `#${wanted}`) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

function changed(user) {
  forgetComplaints();
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  byId("unconfirmed").hidden = user === null || isConfirmed();
  if (user === null) {
    chat.end();
    document.querySelectorAll("form").forEach((form) => form.reset()); // nothing of one user for the next
  } else {
    chat.begin();
  }
  show();
}

addEventListener("hashchange", () => {
  forgetComplaints();
  show();
});

signOut.addEventListener("click", async () => {
  if (!(await mayLeave())) {
    return;
  }
  signOut.disabled = true;
  await command("accounts/sign-out", {}).catch(() => {}); // this browser forgets the session in any case
  signOut.disabled = false;
  leave();
});

onChange(changed);
byId("jobs-link").hidden = byId("jobs-link").querySelector("a").getAttribute("href") === "";
changed(me());
account.refresh().catch(() => {}); // it is shown where it matters
