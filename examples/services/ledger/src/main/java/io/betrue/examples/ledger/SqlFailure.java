package io.betrue.examples.ledger;

import io.betrue.errors.StandardError;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;

/**
 * What a failure of the database means to a caller, read from its SQLState (PostgreSQL manual, appendix A).
 *
 * @param cause what was caught
 * @param state the SQLState, empty if there is none
 * @param noConnection whether no connection could be had at all
 */
record SqlFailure(RuntimeException cause, String state, boolean noConnection) {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Connection lost, out of resources, shutting down or starting, cancelled, lock not available, read-only standby. */
    private static final List<String> UNAVAILABLE =
            List.of("08", "53", "57P01", "57P02", "57P03", "57P05", "57014", "55P03", "25006", "25P03", "40");

    /** Serialisation failure and deadlock. */
    private static final List<String> TRY_AGAIN = List.of("40001", "40P01");

    /** Errors that a server reports after it has rolled back: constraints, rollbacks, raised, cancelled, lock, aborted. */
    private static final List<String> ROLLED_BACK =
            List.of("23", "40000", "40001", "40002", "40P01", "P0", "57014", "55P03", "25P02");

    static SqlFailure of(RuntimeException caught) {
        boolean noConnection = caught instanceof ConnectionException;
        for (Throwable cause = caught; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                return new SqlFailure(
                        caught,
                        state == null ? "" : state,
                        noConnection || sql instanceof SQLTransientConnectionException);
            }
        }
        return new SqlFailure(caught, "", noConnection);
    }

    boolean wantsAnotherTry() {
        return !noConnection && matches(TRY_AGAIN);
    }

    /** {@return whether a failed commit is known to have changed nothing} */
    boolean saysRolledBack() {
        return !noConnection && matches(ROLLED_BACK);
    }

    /** {@return what to throw when the transaction was not committed} */
    RuntimeException nothingChanged() {
        return noConnection || matches(UNAVAILABLE) ? unavailable() : cause;
    }

    RuntimeException unavailable() {
        return StandardError.UNAVAILABLE
                .problem()
                .detail("The ledger cannot answer at the moment; nothing was changed.")
                .retryAfter(RETRY_AFTER)
                .cause(cause)
                .toException();
    }

    /** {@return what to throw when the connection broke while the transaction was being committed} */
    RuntimeException outcomeUnknown() {
        return StandardError.UNAVAILABLE
                .problem()
                .detail("It is not known whether this was done; repeat it with the same Idempotency-Key to find out.")
                .with("outcome", "unknown")
                .retryAfter(RETRY_AFTER)
                .cause(cause)
                .toException();
    }

    /** {@return what to throw when an order may or may not have been taken, which makes no difference to one that is repeated} */
    RuntimeException notOrdered() {
        if (!noConnection && !matches(UNAVAILABLE)) {
            return cause;
        }
        return StandardError.UNAVAILABLE
                .problem()
                .detail("The statement cannot be ordered at the moment; ordering it again does no harm.")
                .retryAfter(RETRY_AFTER)
                .cause(cause)
                .toException();
    }

    private boolean matches(List<String> prefixes) {
        return prefixes.stream().anyMatch(state::startsWith);
    }
}
