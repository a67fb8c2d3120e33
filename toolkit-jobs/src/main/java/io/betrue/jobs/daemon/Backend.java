package io.betrue.jobs.daemon;

import io.betrue.jobs.Jobs;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A place with jobs, connected. */
interface Backend extends AutoCloseable {
    /** {@return the jobs, which are closed with this} */
    Jobs jobs();

    /** Does something with the jobs. */
    default int with(Function<Jobs, Integer> action) {
        return action.apply(jobs());
    }

    /** {@return the pool that leads to them, or {@code null} where they are in no database} */
    @Nullable
    DataSource dataSource();

    /**
     * Makes tables or streams, or brings them up to date.
     *
     * @param replicas how many servers of NATS keep each job, or {@code null} for what it is, or one
     */
    void migrate(@Nullable Integer replicas);

    /** Fails unless all is there that jobs need. */
    void check();

    @Override
    void close();
}
