/** The messages of the conversation that is open, and those that wait to be sent, as elements. */

import { byId, element } from {{ file('js/dom.js') }};
import { nameOf } from {{ file('js/people.js') }};
import { me } from {{ file('js/session.js') }};
import { shown } from {{ file('js/chat/files.js') }};
import * as outbox from {{ file('js/chat/outbox.js') }};

const log = byId("log");
const messages = byId("messages");
const waiting = byId("waiting");
const older = byId("older");
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const NEAR = 60; // pixels from the end that count as being there

let conversation = null;
let drawn = "";

/** @returns {boolean} whether the user sees the last message */
export const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;

function when(at) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return element("time", { dateTime: at, title: whole.format(date) }, (today ? time : whole).format(date));
}

function item(message, complain) {
  const { number, author, at, text, attachments } = message;
  const own = author === me()?.userId;
  const head = element("p", { className: "head" }, element("b", {}, nameOf(author)), " ", when(at), " ", element("span", { className: "number" }, `#${number}`));
  const made = element("li", { className: own ? "message own" : "message" }, head);
  made.dataset.number = number;
  if (text !== "") {
    made.append(element("p", { className: "text" }, text));
  }
  attachments.forEach((attachment) => made.append(shown(message, attachment, complain)));
  return made;
}

const numberOf = (item) => Number(item?.dataset.number ?? 0);

/** Adds what has come and removes what is gone; what stays is not touched, so that it keeps the focus. */
export function draw(open, complain) {
  if (open !== conversation) {
    messages.replaceChildren();
    conversation = open;
  }
  const atEnd = messages.childElementCount === 0 || isAtEnd();
  const fromEnd = log.scrollHeight - log.scrollTop;
  const first = numberOf(messages.firstElementChild) || Infinity;
  const last = numberOf(messages.lastElementChild);
  const known = open?.messages ?? [];
  const before = known.filter(({ number }) => number < first && last > 0).map((message) => item(message, complain));
  const behind = known.filter(({ number }) => number > last).map((message) => item(message, complain));
  messages.prepend(...before);
  messages.append(...behind);
  while (numberOf(messages.firstElementChild) < (open?.first ?? 0)) {
    messages.firstElementChild.remove();
  }
  older.hidden = !(open?.begun && open.more);
  drawWaiting();
  if (atEnd) {
    toEnd();
  } else if (before.length > 0) {
    log.scrollTop = log.scrollHeight - fromEnd;
  }
}

/** Shows what is not sent yet; what was refused with the reason. */
export function drawWaiting() {
  const entries = conversation === null ? [] : outbox.waiting(conversation.roomId);
  const wanted = JSON.stringify(entries);
  if (wanted !== drawn) {
    drawn = wanted;
    waiting.replaceChildren(...entries.map(unsent));
    toEnd();
  }
}

function unsent({ key, text, attachments, fault }) {
  const files = attachments.map(({ name }) => element("p", { className: "text" }, name));
  const made = element("li", { className: "message own unsent" }, element("p", { className: "text" }, text), ...files);
  if (fault === undefined) {
    made.append(element("p", { className: "head" }, "Waits to be sent"));
    return made;
  }
  const again = element("button", { type: "button", className: "second" }, "Try again");
  again.addEventListener("click", () => {
    outbox.retry(key);
    log.dispatchEvent(new CustomEvent("retry"));
  });
  const discard = element("button", { type: "button", className: "second" }, "Discard");
  discard.addEventListener("click", () => outbox.discard(key));
  made.append(element("p", { className: "refused" }, `Not sent: ${fault}`), element("div", { className: "actions" }, again, discard));
  return made;
}

/** Shows the last message. */
export const toEnd = () => (log.scrollTop = log.scrollHeight);
