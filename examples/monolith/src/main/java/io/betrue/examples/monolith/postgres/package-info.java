/** A PostgreSQL server that this process brings along, starts, watches and stops. */
@NullMarked
package io.betrue.examples.monolith.postgres;

import org.jspecify.annotations.NullMarked;
