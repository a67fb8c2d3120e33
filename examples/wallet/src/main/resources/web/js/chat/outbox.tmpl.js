/**
 * Messages that are not sent yet, kept in the local storage, so that they outlive the tab. Each has the key that makes it be said once, however often and from however many tabs it is sent.
 */

import { newKey } from {{ file('js/api.js') }};
import { exclusively, me } from {{ file('js/session.js') }};
import { inWords, isDoubtful } from {{ file('js/chat/line.js') }};

const KEY = "wallet-outbox";
const MOST = 100;
const listeners = new Set();

function all() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

function keep(entries) {
  if (entries.length === 0) {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, JSON.stringify(entries));
  }
  listeners.forEach((listener) => listener());
}

addEventListener("storage", ({ key }) => key === KEY && listeners.forEach((listener) => listener()));

/** Listens to messages that come and go, in whichever tab. */
export const onChange = (listener) => listeners.add(listener);

/** @returns {object[]} what the user has to say in a room, in the order of writing; `fault` says why it was refused */
export const waiting = (roomId) => all().filter((entry) => entry.user === me()?.userId && entry.roomId === roomId);

/** @returns {number} how many messages of the user are not sent yet, in all rooms */
export const unsent = () => all().filter((entry) => entry.user === me()?.userId).length;

/** Keeps a message to be sent. */
export function write(roomId, text, attachments) {
  if (all().length >= MOST) {
    throw new Error(`${MOST} messages wait to be sent: wait until some of them are, or discard them.`);
  }
  keep([...all(), { key: newKey(), user: me().userId, roomId, text, attachments }]);
}

export const discard = (key) => keep(all().filter((entry) => entry.key !== key));

/** Lets a message that was refused be sent again. */
export const retry = (key) => keep(all().map((entry) => (entry.key === key ? { ...entry, fault: undefined } : entry)));

/** Forgets everything, for whoever signs out. */
export const clear = () => keep([]);

/**
 * Sends what waits, one after the other, one tab at a time.
 *
 * @param {(entry: object) => Promise<object>} send sends one, and gives the message that it has become
 * @param {(message: object) => void} sent is told of each, before it is forgotten here
 * @returns {Promise<boolean>} whether all that can be sent is
 */
export const flush = (send, sent) =>
  exclusively(KEY, async () => {
    for (;;) {
      const next = all().find((entry) => entry.user === me()?.userId && !entry.fault);
      if (next === undefined) {
        return true;
      }
      try {
        sent(await send(next));
        discard(next.key);
      } catch (error) {
        if (isDoubtful(error)) {
          return false;
        }
        keep(all().map((entry) => (entry.key === next.key ? { ...entry, fault: inWords(error).message } : entry)));
      }
    }
  });
