package io.betrue.examples.ledger;

import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Moves money between the outside and a caller's own accounts. Safe for use by multiple threads. */
@SuppressWarnings("DoNotCallSuggester")
public final class Ledger {
    /**
     * Keeps the books in a database that {@link LedgerMigrations} has prepared.
     *
     * @param dataSource where connections come from; stays the caller's to close
     * @param options limits and waits
     * @param clock what time it is
     */
    public Ledger(DataSource dataSource, LedgerOptions options, Clock clock) {}

    /** {@return every currency there is} */
    public Currencies currencies() {
        throw new UnsupportedOperationException();
    }

    /**
     * Brings money in from outside.
     *
     * @param caller whose account
     * @param deposit how much
     * @param idempotencyKey 1 to 128 visible ASCII characters, or null for none
     * @return the balance afterwards
     */
    public Balance deposit(UUID caller, Deposit deposit, @Nullable String idempotencyKey) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes money out.
     *
     * @param caller whose account
     * @param withdraw how much
     * @param idempotencyKey 1 to 128 visible ASCII characters, or null for none
     * @return the balance afterwards
     */
    public Balance withdraw(UUID caller, Withdraw withdraw, @Nullable String idempotencyKey) {
        throw new UnsupportedOperationException();
    }

    /**
     * Tells what the caller has.
     *
     * @param caller whose accounts
     * @param query which of them
     * @return the balances
     */
    public Balances balance(UUID caller, BalanceQuery query) {
        throw new UnsupportedOperationException();
    }

    /**
     * Tells what happened, newest first.
     *
     * @param caller whose account
     * @param query which account and which page
     * @return the page
     */
    public History history(UUID caller, HistoryQuery query) {
        throw new UnsupportedOperationException();
    }
}
