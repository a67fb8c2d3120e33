/**
 * Commands over NATS: a server that answers for {@link io.betrue.commands.Commands}, a client that is a {@link io.betrue.commands.Target}, and discovery by NATS's
 * convention for services (ADR-32). {@link io.betrue.commands.nats.NatsCommands} is where to begin. It needs {@code io.nats:jnats} on the class path.
 */
@NullMarked
package io.betrue.commands.nats;

import org.jspecify.annotations.NullMarked;
