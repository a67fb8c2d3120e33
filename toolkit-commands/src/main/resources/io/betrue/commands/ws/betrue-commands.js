/**
 * Calls commands over one WebSocket: calls as promises, events of the server, reconnecting for ever. It depends on nothing. The protocol is in docs/commands-websocket.md.
 *
 *     import { connect } from '/ws/client.js';
 *     const client = connect('/ws', { token: () => session.token });
 *     const balance = await client.call('ledger/deposit', { currency: 'EUR', amount: 100 }, { timeout: 2000 });
 *
 * @module betrue-commands
 */

/** A call that failed, with the problem (RFC 9457) of whoever refused it; UNAVAILABLE, DEADLINE_EXCEEDED and CANCELLED may also be said by this side. */
export class CommandError extends Error {
    /** @param {object} problem an RFC 9457 problem with a `code` */
    constructor(problem) {
        super(`${problem.code}: ${problem.detail ?? problem.title}`);
        this.name = 'CommandError';
        /** @type {string} the stable code, as in `VALIDATION_FAILED` */
        this.code = problem.code;
        /** @type {number} the HTTP status that the code has on every transport */
        this.status = problem.status;
        /** @type {object} the whole problem */
        this.problem = problem;
    }
}

const failure = (code, status, title, detail) => new CommandError({ type: `/errors/${code}`, title, status, code, detail });
const tell = (listeners, ...news) => listeners?.forEach(listener => {
    try {
        listener(...news);
    } catch (error) {
        console.error('a listener failed:', error); // the others are told all the same
    }
});
const unavailable = detail => failure('UNAVAILABLE', 503, 'Service unavailable', detail);

/**
 * Connects, and stays connected until `close()`.
 *
 * @param {string|string[]} url where, as in `/ws`; relative to the page. Of several, as of gateways side by side, each try takes the next, and a connection is kept
 * @param {object} [options]
 * @param {() => (string|null|Promise<string|null>)} [options.token] gives the credential: asked at each connect, and again when a call is UNAUTHENTICATED
 * @param {() => object} [options.headers] gives headers of every call, `traceparent` say
 * @param {number} [options.timeout] milliseconds that a call may take unless it says otherwise; 5000
 * @param {number} [options.minDelay] the first pause before a reconnect is between 0 and this many milliseconds; 500
 * @param {number} [options.maxDelay] each further pause is between 0 and twice as many, at most this many; 30000
 * @param {() => number} [options.random] gives numbers from 0 to 1; Math.random
 * @returns {CommandClient}
 */
export function connect(url, options = {}) {
    return new CommandClient(url, options);
}

/** One connection of the client: the current one, or one that the server wants to be left. */
class Link {
    constructor(socket) {
        this.socket = socket;
        this.hello = null; // until the server has said it, nothing may be sent
        this.ready = false; // once the credential and the hooks are through
        this.leaving = false;
        this.lost = false;
        this.calls = new Set();
        this.heardAt = this.openedAt = Date.now();
        this.pingedAt = 0;
        this.credential = null;
    }

    send(message) {
        if (this.socket.readyState === 1) {
            this.socket.send(JSON.stringify(message));
        }
    }
}

/** Made by `connect`. */
export class CommandClient {
    #urls;
    #turn = 0; // of the urls
    #options;
    #state = 'connecting';
    #link = null;
    #calls = new Map(); // by number; those without a link wait to be sent
    #number = 0;
    #attempt = 0;
    #timer = null;
    #watch = null;
    #listeners = new Map();
    #stateListeners = new Set();
    #openHooks = new Set();
    #online = () => this.#state === 'waiting' && this.#open();

    constructor(url, options) {
        this.#urls = [url].flat().map(one => {
            const whole = new URL(one, globalThis.location?.href);
            whole.protocol = whole.protocol.replace('http', 'ws');
            return whole.href;
        });
        if (this.#urls.length === 0) {
            throw new TypeError('there is no url to connect to');
        }
        this.#options = { timeout: 5000, minDelay: 500, maxDelay: 30000, random: Math.random, ...options };
        globalThis.addEventListener?.('online', this.#online);
        this.#open();
    }

    /** @returns {'connecting'|'open'|'waiting'|'closed'} what the connection is doing; `waiting` for the next try */
    get state() {
        return this.#state;
    }

    /** @returns {string} where it is connected, or tries to be */
    get url() {
        return this.#urls[this.#turn % this.#urls.length];
    }

    /**
     * Calls a command. While there is no connection, calls wait for it within their time. A call that was sent when the connection was lost is rejected as UNAVAILABLE,
     * since nobody knows whether it was done, unless it has an idempotency key or is said to be idempotent: then it is sent again.
     *
     * @param {string} address the command, as in `ledger/deposit`
     * @param {*} [input] what it takes
     * @param {object} [options]
     * @param {number} [options.timeout] milliseconds that it may take
     * @param {AbortSignal} [options.signal] cancels it
     * @param {string} [options.idempotencyKey] the same for each try of one intention, so that it is done once
     * @param {boolean} [options.idempotent] whether doing it twice does no harm
     * @param {object} [options.headers] further headers
     * @returns {Promise<*>} its output
     * @throws {CommandError} why it failed; or the signal's reason
     */
    async call(address, input, options = {}) {
        return (await this.exchange(address, input, options)).output;
    }

    /**
     * Calls a command as `call` does, for what travels beside its output.
     *
     * @returns {Promise<{status: number, output: *, headers: object}>}
     */
    exchange(address, input, options = {}) {
        return this.#start(address, input, options, null);
    }

    #start(address, input, options, link) {
        if (this.#state === 'closed') {
            return Promise.reject(unavailable('This client is closed.'));
        }
        const { signal, timeout = this.#options.timeout, idempotencyKey } = options;
        if (signal?.aborted) {
            return Promise.reject(signal.reason);
        }
        return new Promise((resolve, reject) => {
            const headers = { ...this.#options.headers?.(), ...options.headers };
            if (idempotencyKey) {
                headers['idempotency-key'] = idempotencyKey;
            }
            const call = { id: ++this.#number, address, input, headers, resolve, reject, link: null, renewed: false };
            call.again = !link && (idempotencyKey !== undefined || options.idempotent === true);
            call.deadline = Date.now() + timeout;
            const timer = setTimeout(() => this.#end(call).reject(failure('DEADLINE_EXCEEDED', 504, 'Deadline exceeded')), timeout);
            const abort = () => {
                call.link?.send({ id: call.id, cancel: true });
                this.#end(call).reject(signal.reason);
            };
            signal?.addEventListener('abort', abort);
            call.forget = () => {
                clearTimeout(timer);
                signal?.removeEventListener('abort', abort);
            };
            this.#calls.set(call.id, call);
            if (link) {
                this.#transmit(call, link); // of a hook, before all others
            } else {
                this.#pump();
            }
        });
    }

    #end(call) {
        call.forget();
        this.#calls.delete(call.id);
        call.link?.calls.delete(call);
        queueMicrotask(() => this.#settled(call.link));
        return call;
    }

    /** A place is free; and a connection that is to be left can be closed after its last call. */
    #settled(link) {
        if (link?.leaving && link.calls.size === 0) {
            link.socket.close(1000);
        }
        this.#pump();
    }

    /** Sends what waits, as much as the server takes at once. */
    #pump() {
        const link = this.#link;
        if (!link?.ready || link.leaving) {
            return;
        }
        for (const call of this.#calls.values()) {
            if (link.calls.size >= link.hello.maxCalls) {
                return;
            }
            if (!call.link) {
                this.#transmit(call, link);
            }
        }
    }

    #transmit(call, link) {
        const timeout = Math.min(3600000, Math.max(1, Math.ceil(call.deadline - Date.now())));
        const text = JSON.stringify({ id: call.id, call: call.address, input: call.input, headers: call.headers, timeout });
        if (text.length * 3 > link.hello.maxMessage && new TextEncoder().encode(text).length > link.hello.maxMessage) {
            this.#end(call).reject(failure('PAYLOAD_TOO_LARGE', 413, 'Payload too large', `A message has at most ${link.hello.maxMessage} bytes.`));
            return;
        }
        call.link = link;
        call.credential = link.credential;
        link.calls.add(call);
        link.socket.send(text);
    }

    /**
     * Listens to an event of the server.
     *
     * @param {string} event its name
     * @param {(data: *, message: object) => void} listener gets its data, and the whole message
     * @returns {() => void} ends it
     */
    on(event, listener) {
        if (!this.#listeners.has(event)) {
            this.#listeners.set(event, new Set());
        }
        this.#listeners.get(event).add(listener);
        return () => this.#listeners.get(event).delete(listener);
    }

    /**
     * Listens to changes of the state.
     *
     * @param {(state: string) => void} listener gets the new state
     * @returns {() => void} ends it
     */
    onState(listener) {
        this.#stateListeners.add(listener);
        return () => this.#stateListeners.delete(listener);
    }

    /**
     * Adds what is done on every new connection before the calls that wait are sent: joining rooms again and asking for what was missed, say. Events may come before it
     * is done. If it fails, the connection is given up and the next one is tried.
     *
     * @param {(call: (address: string, input?: *, options?: object) => Promise<*>) => (void|Promise<void>)} hook gets the way to call on that very connection
     * @returns {() => void} ends it
     */
    onOpen(hook) {
        this.#openHooks.add(hook);
        return () => this.#openHooks.delete(hook);
    }

    /** Asks for the credential again and uses it for the following calls; to be called after signing in or out. */
    async renew() {
        const link = this.#link;
        if (link?.hello) {
            await this.#authenticate(link);
        }
    }

    /** Leaves the connection for good; calls that are not answered are rejected as CANCELLED. */
    close() {
        this.#become('closed');
        globalThis.removeEventListener?.('online', this.#online);
        clearTimeout(this.#timer);
        clearInterval(this.#watch);
        const links = new Set([...this.#calls.values()].map(call => call.link).concat(this.#link));
        for (const call of [...this.#calls.values()]) {
            this.#end(call).reject(failure('CANCELLED', 499, 'Cancelled', 'This client was closed.'));
        }
        links.forEach(link => link?.socket.close(1000));
        this.#link = null;
    }

    #become(state) {
        if (this.#state !== state && this.#state !== 'closed') {
            this.#state = state;
            tell(this.#stateListeners, state);
        }
    }

    // ---- the connection

    #open() {
        clearTimeout(this.#timer);
        if (this.#state === 'closed') {
            return;
        }
        this.#become('connecting');
        const link = new Link(new WebSocket(this.url));
        this.#link = link;
        link.socket.onmessage = event => this.#receive(link, event.data);
        link.socket.onclose = () => this.#lost(link);
        clearInterval(this.#watch);
        this.#watch = setInterval(() => this.#look(link), 1000);
    }

    /** Asks a server that has said nothing for a while, and gives it up if it does not answer; one that does not even begin, too. */
    #look(link) {
        const now = Date.now();
        const { heartbeat, patience } = link.hello ?? { heartbeat: 0, patience: 10000 };
        if (link.pingedAt > link.heardAt) {
            if (now - link.pingedAt > patience) {
                this.#lost(link);
            }
        } else if (now - link.heardAt > heartbeat) {
            link.pingedAt = now;
            link.hello && link.send({ ping: now });
        }
    }

    /** Without waiting for the end of a closing that the other side may never answer. */
    #lost(link) {
        if (link.lost) {
            return;
        }
        link.lost = true;
        link.ready = false;
        link.socket.onmessage = link.socket.onclose = null;
        link.socket.close();
        for (const call of [...link.calls]) {
            link.calls.delete(call);
            call.link = null;
            if (!call.again) {
                this.#end(call).reject(unavailable('The connection was lost; it is not known whether the call was done.'));
            }
        }
        if (this.#link === link && !link.leaving && this.#state !== 'closed') {
            clearInterval(this.#watch);
            const lasted = link.hello && Date.now() - link.openedAt > 10000;
            this.#attempt = lasted ? 0 : this.#attempt;
            const most = Math.min(this.#options.maxDelay, this.#options.minDelay * 2 ** this.#attempt++);
            this.#later(most);
        }
    }

    #later(most) {
        this.#turn++;
        this.#become('waiting');
        this.#timer = setTimeout(() => this.#open(), this.#options.random() * most);
    }

    #receive(link, text) {
        link.heardAt = Date.now();
        const message = JSON.parse(text);
        if (message.id !== undefined) {
            this.#answered(link, message);
        } else if (message.event !== undefined) {
            tell(this.#listeners.get(message.event), message.data, message);
        } else if (message.ping !== undefined) {
            link.send({ pong: message.ping });
        } else if (message.hello) {
            link.hello = message.hello;
            this.#prepare(link).catch(() => this.#lost(link));
        } else if (message.going) {
            this.#leave(link, message.going.within);
        } else if (message.problem) {
            console.warn('the server refused a message:', message.problem);
        }
    }

    async #prepare(link) {
        await this.#authenticate(link);
        const call = (address, input, options = {}) => this.#start(address, input, options, link).then(reply => reply.output);
        for (const hook of this.#openHooks) {
            await hook(call);
        }
        if (this.#link === link && !link.leaving) {
            link.ready = true;
            this.#become('open');
            this.#pump();
        }
    }

    async #authenticate(link) {
        const token = (await this.#options.token?.()) ?? null;
        if (token !== link.credential) {
            link.credential = token;
            link.send({ auth: token });
        }
    }

    /** The server stops: the next connection goes elsewhere, and this one lasts until its calls are answered. */
    #leave(link, within) {
        link.leaving = true;
        if (this.#link === link) {
            clearTimeout(this.#timer);
            this.#later(within);
        }
        this.#settled(link);
    }

    #answered(link, message) {
        const call = this.#calls.get(message.id);
        if (!call || call.link !== link) {
            return; // it took too long, or was cancelled
        }
        if (!message.problem) {
            this.#end(call).resolve({ status: message.status, output: message.output, headers: message.headers ?? {} });
        } else if (message.problem.code === 'UNAUTHENTICATED' && !call.renewed && this.#options.token) {
            this.#renew(call, link, new CommandError(message.problem));
        } else {
            this.#end(call).reject(new CommandError(message.problem));
        }
    }

    /** A call that was refused for its credential was not done, so it is sent once more if there is a new one. */
    async #renew(call, link, refusal) {
        call.renewed = true;
        await this.#authenticate(link).catch(() => {});
        if (this.#calls.has(call.id) && call.link === link) {
            if (link.credential === call.credential) {
                this.#end(call).reject(refusal);
            } else {
                this.#transmit(call, link);
            }
        }
    }
}
