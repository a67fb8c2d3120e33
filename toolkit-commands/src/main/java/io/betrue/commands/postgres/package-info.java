/** What commands keep in PostgreSQL: how calls with an idempotency key ended, for all processes that share a database. By JDBC alone. */
@NullMarked
package io.betrue.commands.postgres;

import org.jspecify.annotations.NullMarked;
