package io.betrue.examples.accounts;

import io.betrue.jobs.Enqueuer;
import java.sql.Connection;

/** Hands in jobs in the transaction of a change, so that both are kept or none: {@code jobs::in} of {@code PostgresJobs}. */
@FunctionalInterface
public interface TransactionalJobs {
    /**
     * {@return what hands in jobs with the transaction}
     *
     * @param connection the one that changes
     */
    Enqueuer in(Connection connection);
}
