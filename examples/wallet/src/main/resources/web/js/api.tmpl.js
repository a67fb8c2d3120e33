/** Commands over HTTP, in the name of who is signed in. */

import { post } from {{ file('js/gateways.js') }};
import { renew, token } from {{ file('js/session.js') }};
import { withTrace } from {{ file('js/trace.js') }};

/** The server has refused something, and says why. */
export class Refusal extends Error {
  constructor(problem, status) {
    super(describe(problem, status));
    this.name = "Refusal";
    this.problem = problem;
    this.code = problem.code;
    this.status = status;
  }
}

/** @returns {string} a problem (RFC 9457) in words for people; one that is no fault of theirs has the trace by which it can be found */
export function describe(problem, status) {
  const fields = (problem.errors ?? []).map((error) => `${error.pointer ?? ""} ${error.message ?? error.detail ?? ""}`.trim());
  const words = [problem.detail ?? problem.title ?? `The server answered ${status}.`, ...fields].join(" ");
  return status >= 500 ? withTrace(words, problem.traceId) : words;
}

/** @returns {string} a name that nobody else has, for something that is to be done once */
export const newKey = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Asks something of a command.
 *
 * @param {string} code the command, as in `ledger/deposit`
 * @param {object} [input] what it takes
 * @param {object} [options]
 * @param {string} [options.key] the same for each try of one intention, so that it is done once
 * @param {boolean} [options.again] whether doing it twice does no harm
 * @param {string} [options.as] a token that is not the session's
 * @param {AbortSignal} [options.signal] ends it
 * @returns {Promise<Response>} a good answer
 * @throws {Refusal|Unreachable}
 */
export async function ask(code, input = {}, { key, again = false, as, signal } = {}) {
  const send = (proof) => {
    const headers = { "Content-Type": "application/json" };
    if (proof) {
      headers.Authorization = `Bearer ${proof}`;
    }
    if (key) {
      headers["Idempotency-Key"] = key;
    }
    return post(code, { headers, body: JSON.stringify(input), ...(signal ? { signal } : {}) }, again || key !== undefined);
  };
  const first = as ?? token();
  let response = await send(first);
  if (response.status === 401 && !as && first && (await outdated(response)) && (await renew(first))) {
    response = await send(token());
  }
  if (!response.ok) {
    throw new Refusal(await problem(response), response.status);
  }
  return response;
}

/** A wrong password is a 401 too, and nothing that another token would change. */
const outdated = async (response) => (await problem(response.clone())).code === "UNAUTHENTICATED";

const problem = (response) => response.json().catch(() => ({}));

/** Asks as `ask` does, for the output. */
export const command = async (code, input, options) => (await ask(code, input, options)).json();

/** Finds a user by address; knows them by it from now on. */
export async function find(email) {
  const { userId } = await command("accounts/find", { email }, { again: true });
  return userId;
}
