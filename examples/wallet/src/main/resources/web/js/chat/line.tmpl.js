/** The way to whichever gateway answers, for calls and events of the chat. */

import { connect, CommandError } from {{ url('ws/client.js') }};
import { describe } from {{ file('js/api.js') }};
import { prefer, sockets } from {{ file('js/gateways.js') }};
import { renew, token } from {{ file('js/session.js') }};
import { newTrace } from {{ file('js/trace.js') }};

const DOUBTFUL = new Set(["UNAVAILABLE", "DEADLINE_EXCEEDED", "RATE_LIMITED", "CANCELLED", "INTERNAL_ERROR", "BAD_GATEWAY"]);

/** @returns {boolean} whether another try may go better: nobody has refused what was asked for */
export const isDoubtful = (error) => !(error instanceof CommandError) || DOUBTFUL.has(error.code);

/** @returns {Error} the same, in words for people */
export const inWords = (error) => (error instanceof CommandError ? new Error(describe(error.problem, error.status)) : error);

/** One connection at a time, until it is closed. */
export class Line {
  #client;
  #listener;
  #opened = false;

  /** @param {() => void} listener is called when the state has changed */
  constructor(listener) {
    this.#listener = listener;
    this.#client = connect(sockets(), { token, maxDelay: 8000 });
    this.#client.onState((state) => {
      if (state === "open") {
        this.#opened = true;
        prefer(this.#client.url);
      }
      listener();
    });
    addEventListener("online", listener);
    addEventListener("offline", listener);
  }

  /** @returns {'connecting'|'connected'|'reconnecting'|'offline'} */
  get state() {
    if (this.#client.state === "open") {
      return "connected";
    }
    if (!navigator.onLine) {
      return "offline";
    }
    return this.#opened ? "reconnecting" : "connecting";
  }

  on(event, listener) {
    this.#client.on(event, listener);
  }

  /** Calls a command, in a trace of its own; the token is renewed where it has run out. */
  async ask(code, input, options) {
    const before = token();
    try {
      return await this.#call(code, input, options);
    } catch (error) {
      if (error.code === "UNAUTHENTICATED" && (await renew(before))) {
        await this.#client.renew();
        return this.#call(code, input, options);
      }
      throw error;
    }
  }

  async #call(code, input, options) {
    const { id, parent } = newTrace();
    try {
      return await this.#client.call(code, input, { ...options, headers: { traceparent: parent } });
    } catch (error) {
      if (error instanceof CommandError) {
        error.problem.traceId ??= id; // what this side has refused has none
      }
      throw error;
    }
  }

  close() {
    removeEventListener("online", this.#listener);
    removeEventListener("offline", this.#listener);
    this.#client.close();
  }
}
