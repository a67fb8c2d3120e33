/** Where in each room of the hub this tab is, to go on from there after a reconnect. It depends on nothing. */
export class Places {
  #places = new Map();

  /** @returns {?{offset: number, epoch: string}} as `since` of `_hub/join` takes it */
  of(room) {
    return this.#places.get(room);
  }

  enter(room, place) {
    this.#places.set(room, place);
  }

  leave(room) {
    this.#places.delete(room);
  }

  /** A message came; one of a connection that is being left may be behind those of its successor. */
  pass({ room, offset, epoch }) {
    const place = this.#places.get(room);
    if (room !== undefined && (place?.epoch !== epoch || place.offset < offset)) {
      this.#places.set(room, { offset, epoch });
    }
  }
}
