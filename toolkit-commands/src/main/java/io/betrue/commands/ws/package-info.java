/** Calls over a WebSocket: one connection, many calls at once, events of the server; and the client for browsers. */
@NullMarked
package io.betrue.commands.ws;

import org.jspecify.annotations.NullMarked;
