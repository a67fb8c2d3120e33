/**
 * Whose money is where: a double-entry journal in PostgreSQL.
 *
 * <p>{@link io.betrue.examples.ledger.Ledger} is the way in; {@link io.betrue.examples.ledger.Statements} and
 * {@link io.betrue.examples.ledger.Reconciliation} work in the background, as jobs that the application lets run. The package knows no transport and no other service: a caller is a
 * UUID that somebody else has checked. An application hands in a data source, options and a clock, and gets records back
 * or a problem thrown. It owns the PostgreSQL schema {@code ledger} and nothing outside it.
 */
@NullMarked
package io.betrue.examples.ledger;

import org.jspecify.annotations.NullMarked;
