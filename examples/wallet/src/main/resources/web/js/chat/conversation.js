/** The messages of one room that this tab has. It depends on nothing. */

const MOST = 1000;

/** Each number once, in order, without a gap between the first and the last, whatever comes twice, too late, or not at all. */
export class Conversation {
  /** Whether the newest messages have been read. */
  begun = false;
  /** Whether there are messages before the first. */
  more = false;
  messages = [];

  constructor(roomId) {
    this.roomId = roomId;
  }

  get first() {
    return this.messages[0]?.number ?? 0;
  }

  get last() {
    return this.messages.at(-1)?.number ?? 0;
  }

  /** Takes the newest messages, the newest first. */
  begin({ messages, more }) {
    this.messages = messages.slice().reverse();
    this.more = more;
    this.begun = true;
  }

  /** Takes messages before the first, the newest first. */
  prepend({ messages, more }) {
    if (messages.length > 0 && messages[0].number === this.first - 1) {
      this.messages.unshift(...messages.slice().reverse());
    }
    this.more = more;
  }

  /** @returns {boolean} whether nothing is missing before this message: it was known, or follows the last */
  append(message) {
    if (!this.begun || message.number > this.last + 1) {
      return false;
    }
    if (message.number === this.last + 1) {
      this.messages.push(message);
      if (this.messages.length > MOST) {
        this.messages.shift();
        this.more = true;
      }
    }
    return true;
  }
}
