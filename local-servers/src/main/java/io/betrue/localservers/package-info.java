/**
 * Servers that a program brings along on a bare machine: PostgreSQL from a library's binaries, {@code nats-server} from the machine or its distribution; never
 * published.
 *
 * <p>{@link io.betrue.localservers.EmbeddedPostgres} and {@link io.betrue.localservers.LocalNats} are the ways in.
 */
@NullMarked
package io.betrue.localservers;

import org.jspecify.annotations.NullMarked;
