package io.betrue.examples.ledger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Runs work in a database transaction with bounded waits, again if PostgreSQL asks for it, and says honestly what a failure
 * means: nothing happened, or nobody knows. Safe for use by multiple threads.
 */
final class Transactions {
    private static final int ATTEMPTS = 4;

    private final Jdbi jdbi;
    private final Duration statementTimeout;
    private final Duration lockTimeout;

    Transactions(DataSource dataSource, LedgerOptions options) {
        this(dataSource, options.statementTimeout(), options.lockTimeout());
    }

    Transactions(DataSource dataSource, Duration statementTimeout, Duration lockTimeout) {
        this.jdbi = Jdbi.create(dataSource);
        this.statementTimeout = statementTimeout;
        this.lockTimeout = lockTimeout;
    }

    /** Runs work that only reads: the same as {@link #write}, but a failure never leaves a doubt. */
    <R> R read(Function<Handle, R> work) {
        return run(work, false);
    }

    /**
     * Runs work at most {@value #ATTEMPTS} times; it must not do anything outside of the transaction.
     *
     * @throws io.betrue.errors.ProblemException with {@code UNAVAILABLE} if the database is not there, too busy, or broke
     *     off; or whatever the work throws, after everything was rolled back
     */
    <R> R write(Function<Handle, R> work) {
        return run(work, true);
    }

    private <R> R run(Function<Handle, R> work, boolean writes) {
        for (int attempt = 1; ; attempt++) {
            AtomicBoolean committing = new AtomicBoolean();
            try {
                return jdbi.inTransaction(handle -> {
                    limitWaits(handle);
                    R result = work.apply(handle);
                    committing.set(writes);
                    return result;
                });
            } catch (JdbiException e) {
                SqlFailure failure = SqlFailure.of(e);
                if (committing.get() && !failure.saysRolledBack()) {
                    throw failure.outcomeUnknown();
                }
                if (!failure.wantsAnotherTry()) {
                    throw failure.nothingChanged();
                }
                if (attempt == ATTEMPTS) {
                    throw failure.unavailable();
                }
            }
        }
    }

    private void limitWaits(Handle handle) {
        handle.createQuery("""
                        select set_config('statement_timeout', :statement, true),
                               set_config('lock_timeout', :lock, true),
                               set_config('idle_in_transaction_session_timeout', :statement, true)""")
                .bind("statement", statementTimeout.toMillis() + "ms")
                .bind("lock", lockTimeout.toMillis() + "ms")
                .mapTo(String.class)
                .one();
    }
}
