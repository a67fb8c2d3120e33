/** Who is in the room that is open, and who of them is there. */

import { byId, element, onSubmit } from {{ file('js/dom.js') }};
import { meet, nameOf } from {{ file('js/people.js') }};
import { inWords } from {{ file('js/chat/line.js') }};

const dialog = byId("people-dialog");
const here = byId("here");
const EVERY = 10000;

let talk;
let members = [];
let present = new Set();

/** @returns {?object} the room that is open */
const room = () => talk?.rooms.get(talk.conversation?.roomId) ?? null;

/** Asks who is in the room, and who is there. */
export async function look() {
  const roomId = talk?.conversation?.roomId;
  if (roomId === undefined || talk.state !== "connected") {
    return;
  }
  const answers = await Promise.all([talk.members(roomId), talk.present(roomId)]).catch(() => null); // the next look tells
  if (answers !== null && roomId === talk?.conversation?.roomId) {
    [members, present] = answers;
    draw();
  }
}

/** Shows what is known of the room that is open. */
export function draw() {
  const others = members.filter(({ userId }) => present.has(userId)).map(({ userId }) => nameOf(userId));
  here.textContent = members.length === 0 ? "" : `${members.length} ${members.length === 1 ? "member" : "members"}; here: ${others.join(", ") || "nobody"}`;
  const items = members.map(({ userId }) => element("li", {}, nameOf(userId), " ", element("span", { className: "number" }, present.has(userId) ? "here" : "away")));
  byId("members").replaceChildren(...items);
  byId("invite").hidden = byId("leave").hidden = room()?.kind !== "room";
}

/** Forgets who was in the room before. */
export function forget() {
  members = [];
  present = new Set();
  draw();
}

/** Shows the rooms of this talk from now on. */
export const of = (other) => (talk = other);

const failing = (work) => work().catch((error) => Promise.reject(inWords(error)));

byId("people").addEventListener("click", () => {
  look();
  dialog.showModal();
});

onSubmit(byId("invite"), ({ email }) =>
  failing(async () => {
    const userId = await meet(email);
    await talk.change("chat/invite", { roomId: talk.conversation.roomId, userId });
    byId("invite").reset();
    byId("invite").querySelector(".done").textContent = `${email} is in the room.`;
    await look();
  }),
);

onSubmit(byId("leave"), () =>
  failing(async () => {
    const { roomId } = talk.conversation;
    dialog.close();
    location.hash = "#chat";
    await talk.change("chat/leave", { roomId });
  }),
);

setInterval(() => document.visibilityState === "visible" && look(), EVERY);
