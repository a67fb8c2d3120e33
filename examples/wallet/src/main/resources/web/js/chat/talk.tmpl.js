/** What this tab knows of the chat, kept in step with the server and with the other tabs. */

import { me } from {{ file('js/session.js') }};
import { Conversation } from {{ file('js/chat/conversation.js') }};
import { Line } from {{ file('js/chat/line.js') }};
import * as outbox from {{ file('js/chat/outbox.js') }};
import { Places } from {{ file('js/chat/places.js') }};
import { Writers } from {{ file('js/chat/writers.js') }};

const AT_ONCE = 10; // rooms that are joined at the same time
const PAUSE = 2000;
const PAGE = 50;
const hubRoom = (roomId) => `chat/${roomId}`;

/** The rooms, and the conversation that is open. Tells of `line`, `rooms`, `conversation`, `gone`, `typing`, `members` and `said` as events. */
export class Talk extends EventTarget {
  rooms = new Map();
  conversation = null;
  /** Whether the rooms have been read. */
  known = false;
  #line = new Line(() => this.#lineChanged());
  #generation = 0; // of connections
  #joined = new Set();
  #places = new Places();
  #syncing = null;
  #wanted = false;
  #writers = new Writers(() => this.#tell("typing"));
  #timer = null;
  #tabs = new BroadcastChannel("wallet-chat");
  #closed = false;

  constructor() {
    super();
    this.#line.on("chat/said", (message, envelope) => {
      this.#places.pass(envelope);
      this.#said(message);
    });
    this.#line.on("chat/membership", (membership, envelope) => {
      this.#places.pass(envelope);
      this.#membership(membership);
    });
    this.#line.on("chat/typing", ({ roomId, userId }) => roomId === this.conversation?.roomId && this.#writers.add(userId));
    this.#line.on("_hub/joined", (nothing, { joined, offset, epoch, recovered }) => {
      this.#places.enter(joined, { offset, epoch });
      if (!recovered && this.conversation !== null && joined === hubRoom(this.conversation.roomId)) {
        this.sync();
      }
    });
    this.#line.on("_hub/left", (nothing, { left }) => {
      this.#joined.delete(left);
      this.#places.leave(left);
    });
    this.#tabs.onmessage = ({ data: { user, roomId, upTo } }) => user === me()?.userId && this.#hasRead(roomId, upTo);
  }

  get state() {
    return this.#line.state;
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#tabs.close();
    this.#line.close();
  }

  #tell(type, detail) {
    if (!this.#closed) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  }

  #lineChanged() {
    if (this.state === "connected") {
      this.#generation++;
      this.#joined.clear();
      this.sync();
    }
    this.#tell("line");
  }

  /** Enters the rooms, learns what has happened, sends what waits; once at a time, and again if it is wanted meanwhile. */
  sync() {
    this.#wanted = true;
    this.#syncing ??= this.#syncAll().finally(() => (this.#syncing = null));
    return this.#syncing;
  }

  async #syncAll() {
    while (this.#wanted && !this.#closed && this.state === "connected") {
      this.#wanted = false;
      try {
        await this.#line.ask("_hub/connect", {});
        await this.#readRooms();
        if (await this.#joinRooms()) {
          await this.#readRooms(); // what was said before this tab was in
        }
        this.#tell("rooms");
        if (this.conversation !== null && !this.rooms.has(this.conversation.roomId)) {
          this.conversation = null;
          this.#tell("gone");
        }
        await this.#catchUp();
        this.flush();
      } catch {
        this.#later();
        return;
      }
    }
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.sync(), PAUSE * (0.5 + Math.random()));
  }

  async #readRooms() {
    const found = [];
    let cursor;
    do {
      const page = await this.#line.ask("chat/rooms", { limit: 200, ...(cursor ? { cursor } : {}) });
      found.push(...page.rooms);
      cursor = page.next;
    } while (cursor);
    const merged = (room) => {
      const before = this.rooms.get(room.roomId);
      const lastNumber = Math.max(room.lastNumber, before?.lastNumber ?? 0); // what was told meanwhile is newer
      const readUpTo = Math.max(room.lastNumber - room.unread, before?.readUpTo ?? 0);
      return { ...room, lastNumber, readUpTo };
    };
    this.rooms = new Map(found.map((room) => [room.roomId, merged(room)]));
    this.known = true;
  }

  /** @returns {Promise<boolean>} whether this tab has come into a room that it was not in */
  async #joinRooms() {
    const missing = [...this.rooms.keys()].map(hubRoom).filter((room) => !this.#joined.has(room));
    const generation = this.#generation;
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      await Promise.all(missing.slice(at, at + AT_ONCE).map((room) => this.#join(room, generation)));
    }
    return missing.length > 0;
  }

  async #join(room, generation) {
    const since = this.#places.of(room);
    await this.#line.ask("_hub/join", { room, ...(since ? { since } : {}) });
    if (generation === this.#generation) {
      this.#joined.add(room);
    }
  }

  /** Reads what is missing in the conversation that is open: all of it, or what comes after the last message. */
  async #catchUp() {
    const open = this.conversation;
    if (open === null) {
      return;
    }
    const { roomId } = open;
    if (!open.begun) {
      const newest = await this.#line.ask("chat/history", { roomId, limit: PAGE });
      if (!open.begun) {
        open.begin(newest);
      }
    }
    let page;
    do {
      page = await this.#line.ask("chat/history", { roomId, after: open.last, limit: 200 });
      page.messages.forEach((message) => open.append(message));
    } while (page.more && open === this.conversation);
    const room = this.rooms.get(roomId);
    if (room) {
      room.lastNumber = Math.max(room.lastNumber, open.last);
    }
    this.#tell("conversation");
  }

  #said(message) {
    const room = this.rooms.get(message.roomId);
    if (room === undefined) {
      this.sync();
      return;
    }
    const fresh = message.number > room.lastNumber;
    const own = message.author === me()?.userId;
    room.lastNumber = Math.max(room.lastNumber, message.number);
    if (own) {
      room.readUpTo = Math.max(room.readUpTo, message.number);
    }
    this.#writers.remove(message.author);
    const open = this.conversation;
    if (open?.roomId === message.roomId && !open.append(message)) {
      this.#catchUp().catch(() => this.#later());
    }
    this.#tell("said", { message, room, fresh, own });
    this.#tell("rooms");
    this.#tell("conversation");
  }

  #membership({ roomId, userId, member }) {
    if (userId !== me()?.userId) {
      this.#tell("members", { roomId });
    } else if (member !== this.rooms.has(roomId)) {
      this.sync();
    }
  }

  /** @returns {string[]} who is writing in the room that is open */
  get writing() {
    return this.#writers.now();
  }

  #hasRead(roomId, upTo) {
    const room = this.rooms.get(roomId);
    if (room !== undefined && upTo > room.readUpTo) {
      room.readUpTo = upTo;
      this.#tell("rooms");
    }
  }

  /** Opens the conversation of a room, or none. */
  async open(roomId) {
    if (roomId === this.conversation?.roomId) {
      return;
    }
    this.#writers.clear();
    this.conversation = roomId === undefined ? null : new Conversation(roomId);
    this.#tell("conversation");
    if (this.conversation !== null && this.state === "connected") {
      await this.#catchUp();
    }
  }

  /** Reads what was said before. */
  async older() {
    const open = this.conversation;
    if (open.begun && open.more) {
      open.prepend(await this.#line.ask("chat/history", { roomId: open.roomId, before: open.first, limit: PAGE }));
      this.#tell("conversation");
    }
  }

  /** The user has seen the last message of the room that is open. */
  async read() {
    const { roomId, last } = this.conversation;
    if (last > (this.rooms.get(roomId)?.readUpTo ?? last)) {
      this.#hasRead(roomId, last);
      this.#tabs.postMessage({ user: me().userId, roomId, upTo: last });
      await this.#line.ask("chat/read", { roomId, upTo: last });
    }
  }

  /** Says something as soon as there is a way. */
  say(text, attachments) {
    outbox.write(this.conversation.roomId, text, attachments);
    return this.flush();
  }

  /** Sends what waits, if there is a way. */
  async flush() {
    if (this.state !== "connected") {
      return; // the next connection does it
    }
    const send = ({ key, roomId, text, attachments }) =>
      this.#line.ask(
        "chat/send",
        { roomId, text, attachments: attachments.map(({ fileId }) => fileId) },
        { idempotencyKey: key, timeout: 10000 },
      );
    if (!(await outbox.flush(send, (message) => this.#said(message)))) {
      this.#later();
    }
  }

  /** The user is writing; the others are told now and then. */
  typing() {
    if (this.state === "connected" && this.#writers.shouldTell()) {
      this.#line.ask("chat/typing", { roomId: this.conversation.roomId }).catch(() => {});
    }
  }

  /** @returns {Promise<Set<string>>} who is connected and in the room */
  async present(roomId) {
    const { members } = await this.#line.ask("_hub/presence", { room: hubRoom(roomId) });
    return new Set(members.map(({ user }) => user));
  }

  /** Asks something of the chat, and learns what it has changed. */
  async change(code, input) {
    const output = await this.#line.ask(code, input);
    await this.sync();
    return output;
  }

  /** @returns {Promise<object[]>} who is in a room */
  async members(roomId) {
    return (await this.#line.ask("chat/members", { roomId })).members;
  }
}
