/**
 * Joins hubs over NATS JetStream. It is a package of its own, and not a part of the transport of commands over NATS: neither needs the other, and an application may have
 * hubs that meet over NATS without a single command that travels so.
 */
@NullMarked
package io.betrue.commands.hub.nats;

import org.jspecify.annotations.NullMarked;
