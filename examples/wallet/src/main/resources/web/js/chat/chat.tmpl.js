/** The view of the chat: rooms at the side, one conversation, what the connection is doing. */

import { byId, complain, element, onSubmit } from {{ file('js/dom.js') }};
import { meet, nameOf } from {{ file('js/people.js') }};
import * as composer from {{ file('js/chat/composer.js') }};
import { inWords } from {{ file('js/chat/line.js') }};
import * as log from {{ file('js/chat/log.js') }};
import * as outbox from {{ file('js/chat/outbox.js') }};
import * as people from {{ file('js/chat/people.js') }};
import { Talk } from {{ file('js/chat/talk.js') }};

const STATES = { connecting: "Connecting …", connected: "Connected", reconnecting: "Reconnecting: what you write is kept", offline: "Offline: what you write is kept" };
const title = document.title;
const view = byId("chat");
const conversation = byId("conversation");
const dialog = byId("new-chat-dialog");
const say = (error) => complain(byId("composer"), inWords(error));

let talk = null;

const nameOfRoom = ({ kind, name, withUserId }) => (kind === "private" ? nameOf(withUserId) : name);
const unreadOf = ({ lastNumber, readUpTo }) => Math.max(0, lastNumber - readUpTo);
const count = (number) => (number > 99 ? "99+" : String(number));

function drawLine() {
  const line = byId("line");
  if (line.dataset.state !== talk.state) {
    line.dataset.state = talk.state;
    line.textContent = STATES[talk.state];
  }
}

function link(room) {
  const made = element("a", { href: `#chat/${room.roomId}` });
  made.dataset.room = room.roomId;
  made.append(element("span", { className: "room-name" }), element("span", { className: "count" }));
  return element("li", {}, made);
}

function drawRooms() {
  const list = byId("rooms");
  const known = new Map([...list.querySelectorAll("a")].map((made) => [made.dataset.room, made.parentElement]));
  let unread = 0;
  for (const room of talk.rooms.values()) {
    const item = known.get(room.roomId) ?? link(room);
    known.delete(room.roomId);
    const anchor = item.firstElementChild;
    const [name, counter] = anchor.children;
    const number = unreadOf(room);
    unread += number;
    name.textContent = nameOfRoom(room);
    counter.textContent = number === 0 ? "" : count(number);
    counter.hidden = number === 0;
    anchor.setAttribute("aria-label", number === 0 ? name.textContent : `${name.textContent}, ${number} unread`);
    if (room.roomId === talk.conversation?.roomId) {
      anchor.setAttribute("aria-current", "true");
    } else {
      anchor.removeAttribute("aria-current");
    }
    if (!item.isConnected) {
      list.append(item);
    }
  }
  known.forEach((item) => item.remove());
  byId("no-rooms").hidden = talk.rooms.size > 0 || !talk.known;
  byId("unread").hidden = unread === 0;
  byId("unread").textContent = count(unread);
  document.title = unread === 0 ? title : `(${count(unread)}) ${title}`;
  const open = talk.rooms.get(talk.conversation?.roomId);
  byId("room-name").textContent = open ? nameOfRoom(open) : "";
}

function drawConversation() {
  log.draw(talk.conversation, say);
  markRead();
}

/** What is at the end of a page that is looked at counts as read. */
function markRead() {
  if (talk?.conversation?.begun && !view.hidden && document.visibilityState === "visible" && log.isAtEnd()) {
    talk.read().catch(() => {}); // the next message or look tells again
  }
}

function drawTyping() {
  const names = talk.writing.map(nameOf);
  byId("typing").textContent = names.length === 0 ? "" : `${names.join(", ")} ${names.length === 1 ? "is" : "are"} writing …`;
}

/** Tells somebody who cannot see it what has come. */
function announce({ detail: { message, room, fresh, own } }) {
  drawTyping();
  if (fresh && !own) {
    const files = message.attachments.length === 1 ? "a file" : `${message.attachments.length} files`;
    const what = message.text || files;
    const where = room.roomId === talk.conversation?.roomId ? "" : ` in ${nameOfRoom(room)}`;
    byId("news").textContent = `${nameOf(message.author)}${where}: ${what}`;
  }
}

/** Begins to listen, for whoever is signed in. */
export function begin() {
  end();
  talk = new Talk();
  composer.into(talk);
  people.of(talk);
  const line = () => {
    drawLine();
    drawRooms();
    people.look();
  };
  const draw = { line, rooms: drawRooms, conversation: drawConversation, typing: drawTyping, members: people.look, said: announce };
  for (const [type, listener] of Object.entries(draw)) {
    talk.addEventListener(type, listener);
  }
  talk.addEventListener("gone", () => {
    location.hash = "#chat";
    complain(null, new Error("You are not in this room any more."));
  });
  drawLine();
}

/** Ends all of it, and forgets what was not sent if nobody is signed in. */
export function end() {
  if (talk !== null) {
    talk.close();
    talk = null;
    outbox.clear();
    composer.forget();
    log.draw(null, say);
    people.of(null);
    people.forget();
    byId("rooms").replaceChildren();
    byId("news").textContent = "";
    document.title = title;
  }
}

/** Shows the rooms, and the conversation of one of them. */
export async function show(roomId) {
  view.hidden = false;
  const before = talk.conversation?.roomId;
  conversation.hidden = roomId === undefined;
  view.dataset.open = String(roomId !== undefined);
  if (roomId !== before) {
    composer.turn(before, roomId);
    people.forget();
    if (roomId === undefined) {
      byId("rooms").querySelector(`[data-room="${before}"]`)?.focus();
    }
    await talk.open(roomId).catch(say);
    if (talk === null || talk.conversation?.roomId !== roomId) {
      return; // somebody has gone on meanwhile
    }
    drawRooms();
    drawTyping();
    people.look();
    if (roomId !== undefined && matchMedia("(hover: hover)").matches) {
      byId("composer").elements.text.focus(); // on a phone it would bring up the keyboard
    }
  }
  markRead();
}

export const hide = () => (view.hidden = true);

const failing = (work) => work().catch((error) => Promise.reject(inWords(error)));

async function enter(code, input, form) {
  const { roomId } = await talk.change(code, input);
  form.reset();
  dialog.close();
  location.hash = `#chat/${roomId}`;
}

byId("new-chat").addEventListener("click", () => dialog.showModal());
onSubmit(byId("create-room"), ({ name }) => failing(() => enter("chat/create-room", { name }, byId("create-room"))));
onSubmit(byId("open-private"), ({ email }) =>
  failing(async () => enter("chat/open-private", { userId: await meet(email) }, byId("open-private"))),
);
byId("older").addEventListener("click", () => talk.older().catch(say));
byId("log").addEventListener("scroll", () => talk !== null && markRead());
byId("log").addEventListener("retry", () => talk.flush());
document.addEventListener("visibilitychange", () => talk !== null && markRead());
outbox.onChange(() => talk !== null && log.drawWaiting());

conversation.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing && !document.querySelector("dialog[open]")) {
    location.hash = "#chat";
  }
});
