/**
 * The doors of the application. One is where this page came from; there may be others side by side, which the page names. Requests and the WebSocket go to the same one, and to the next
 * where it does not answer.
 */

import { newTrace, withTrace } from {{ file('js/trace.js') }};

const own = location.origin;
const { api, sockets: socketPath, gateways } = document.body.dataset;
const listed = gateways.split(" ").filter((origin) => origin !== "");

/** This page's own first; the others only where they know this page's origin, since they would refuse it else. */
const all = listed.includes(own) ? [own, ...listed.filter((origin) => origin !== own)] : [own];
let at = 0;

const PATIENCE = 20000;

/** No door answered; it is not known whether the request was heard. */
export class Unreachable extends Error {
  constructor(trace) {
    super(withTrace("The server cannot be reached. Try again in a moment.", trace));
    this.name = "Unreachable";
  }
}

/** @returns {string[]} where WebSockets are, in the order in which to try */
export const sockets = () => all.map((origin) => new URL(socketPath, origin).href);

/** @returns {string} where a command is, at the door that answered last */
export const address = (code) => new URL(`${api}/${code}`, all[at]).href;

/** Says by which door something else has come through. */
export function prefer(url) {
  const found = all.indexOf(new URL(url).origin.replace(/^ws/, "http"));
  at = found < 0 ? at : found;
}

/** Goes to the next door, unless somebody has done so since. */
export function leave(url) {
  if (url.startsWith(`${all[at]}/`)) {
    at = (at + 1) % all.length;
  }
}

/**
 * Posts to a command, in a trace of its own.
 *
 * @param {string} code the command
 * @param {object} init as of fetch
 * @param {boolean} again whether it may be sent to another door too, where it is not known whether the first has heard it
 * @throws {Unreachable} no answer came
 */
export async function post(code, init, again) {
  const { id, parent } = newTrace();
  const headers = { ...init.headers, traceparent: parent };
  for (let tries = again ? all.length : 1; ; tries--) {
    const url = address(code);
    try {
      return await fetch(url, { signal: AbortSignal.timeout(PATIENCE), ...init, headers, method: "POST" });
    } catch (error) {
      if (init.signal?.aborted) {
        throw error;
      }
      leave(url);
      if (tries === 1) {
        throw new Unreachable(id);
      }
    }
  }
}
