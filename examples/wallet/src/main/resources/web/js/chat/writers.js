const LONG = 5000; // how long somebody counts as writing who has said so once

/** Who is writing in the room that is open, and when to tell the others that the user is. It depends on nothing. */
export class Writers {
  #until = new Map();
  #toldAt = 0;
  #listener;

  /** @param {() => void} listener is called when somebody begins or ends */
  constructor(listener) {
    this.#listener = listener;
  }

  add(userId) {
    this.#until.set(userId, Date.now() + LONG);
    setTimeout(this.#listener, LONG + 10);
    this.#listener();
  }

  remove(userId) {
    this.#until.delete(userId);
  }

  clear() {
    this.#until.clear();
  }

  /** @returns {string[]} who they are */
  now() {
    const now = Date.now();
    return [...this.#until].filter(([, until]) => until > now).map(([userId]) => userId);
  }

  /** @returns {boolean} whether the others have not been told for a while; then they count as told */
  shouldTell() {
    const due = Date.now() - this.#toldAt > LONG / 2;
    this.#toldAt = due ? Date.now() : this.#toldAt;
    return due;
  }
}
