/**
 * Business commands that know no transport.
 *
 * <p>A {@link io.betrue.commands.CommandType} says what a command is; {@link io.betrue.commands.Commands} holds who handles it and the one chain of
 * {@link io.betrue.commands.Interceptor}s that every call goes through, whichever way it came. A {@link io.betrue.commands.CommandClient} calls commands, here or
 * beyond a {@link io.betrue.commands.Target}. Nothing here knows HTTP, WebSocket or NATS.
 */
@NullMarked
package io.betrue.commands;

import org.jspecify.annotations.NullMarked;
