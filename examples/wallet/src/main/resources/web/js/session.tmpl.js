/**
 * Who is signed in, in all tabs of this browser: kept in the local storage, so that who signs in or out in one tab has done so in all of them.
 */

import { post } from {{ file('js/gateways.js') }};

const KEY = "wallet-session";
const listeners = new Set();
let held = read();

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null; // not ours
  }
}

function keep(session) {
  const before = held?.me.userId;
  held = session;
  if (session === null) {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, JSON.stringify(session));
  }
  tell(before);
}

function tell(before) {
  if (before !== held?.me.userId) {
    listeners.forEach((listener) => listener(me()));
  }
}

addEventListener("storage", ({ key }) => {
  if (key === KEY || key === null) {
    const before = held?.me.userId;
    held = read();
    tell(before);
  }
});

/** Does something that only one tab may do at a time. Browsers have locks only where a page came by HTTPS or from this machine. */
export const exclusively = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());

/** @returns {?{userId: string, email: string, confirmed: boolean}} who is signed in */
export const me = () => held?.me ?? null;

/** @returns {?string} what proves it */
export const token = () => held?.token ?? null;

/** @returns {boolean} whether the user's address counts as confirmed, by the account or by what the token allows; it is the server that decides */
export function isConfirmed() {
  try {
    const claims = held.token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return held.me.confirmed || JSON.parse(atob(claims)).roles.includes("confirmed");
  } catch {
    return false; // nobody is signed in, or tokens are of another kind
  }
}

/** Listens to who signs in or out, in whichever tab. */
export const onChange = (listener) => listeners.add(listener);

/** Begins a session. */
export const enter = ({ token, refreshToken }, me) => keep({ token, refreshToken, me });

/** Ends the session of this browser, without telling the server. */
export const leave = () => keep(null);

/** Changes what is known of the user, or what proves it. */
export const update = (changes) => held && keep({ ...held, ...changes });

/** Says whether there is another token now: one renewal for all who wait, in all tabs, since a refresh token that comes twice ends the session. */
export async function renew(old) {
  await exclusively(KEY, async () => {
    held = read();
    if (held === null || held.token !== old) {
      return; // somebody else was faster
    }
    const body = JSON.stringify({ refreshToken: held.refreshToken });
    const response = await post("accounts/refresh", { headers: { "Content-Type": "application/json" }, body }, false);
    if (response.ok) {
      const { token, refreshToken } = await response.json();
      update({ token, refreshToken });
    } else if (response.status === 401) {
      leave();
    }
  });
  return held !== null && held.token !== old;
}
