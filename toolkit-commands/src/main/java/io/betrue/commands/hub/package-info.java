/**
 * Tells clients what they did not ask for, on whichever node they are connected.
 *
 * <p>A {@link io.betrue.commands.hub.Hub} knows the {@link io.betrue.commands.Connection}s of its own process, who they belong to and in which rooms they are. Hubs find
 * each other through a {@link io.betrue.commands.hub.Broadcaster}, which also agrees on the order of each room and keeps what a client may have missed. How clients are
 * connected is the transports' business; who may enter a room is decided by a command, so by the one chain of {@link io.betrue.commands.Commands}.
 */
@NullMarked
package io.betrue.commands.hub;

import org.jspecify.annotations.NullMarked;
