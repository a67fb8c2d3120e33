package io.betrue.examples.files;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.Cron;
import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobHandler;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes bytes that nobody can see: of files that were deleted, and of uploads whose process died or that failed, an hour later. Several may run at once. Safe for use by multiple threads.
 */
public final class Sweep implements JobHandler<Sweep.Wanted> {
    /** The queue that it waits in. */
    public static final String QUEUE = "files";

    /** The kind of job: 10 attempts, from a minute to an hour apart, when the database or the store does not answer. */
    public static final JobType<Wanted> TYPE = JobType.of("files/sweep", Wanted.class)
            .queue(QUEUE)
            .retries(Backoff.exponential(Duration.ofMinutes(1), Duration.ofHours(1)), 10)
            .timeout(Duration.ofMinutes(9));

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int MOST = 10_000;

    private final Shelf shelf;
    private final FileStore store;

    /**
     * What a job carries.
     *
     * @param most how many files it removes at most, 1 to 10,000
     */
    public record Wanted(int most) {
        /**
         * Checks the range.
         *
         * @param most how many files
         */
        public Wanted {
            if (most < 1 || most > MOST) {
                throw new IllegalArgumentException("most must be 1.." + MOST + ", was " + most);
            }
        }
    }

    /**
     * What is kept with a job.
     *
     * @param abandoned how many uploads were given up
     * @param removed the bytes of how many files were removed
     */
    public record Report(int abandoned, int removed) {}

    /**
     * Sweeps a store.
     *
     * @param dataSource where connections come from; stays the caller's to close
     * @param store where bytes are; stays the caller's to close
     * @param clock what time it is
     */
    public Sweep(DataSource dataSource, FileStore store, Clock clock) {
        this.shelf = new Shelf(new Database(dataSource), FilesOptions.defaults(), clock); // it takes no uploads
        this.store = store;
    }

    /** {@return every ten minutes; times that nobody was there for are made up for by one job} */
    public static Schedule<Wanted> often() {
        return Schedule.of("files-sweep", Cron.parse("*/10 * * * *"), TYPE, new Wanted(MOST))
                .onMisfire(Schedule.Misfire.ONE);
    }

    /** Goes on behind what cannot be removed, and fails at the end if there was any. */
    @Override
    public void run(JobContext job, Wanted wanted) throws IOException {
        int abandoned = shelf.giveUpAbandoned();
        List<UUID> due = shelf.removals(wanted.most());
        int removed = 0;
        IOException first = null;
        for (UUID id : due) {
            if (job.isCancelled()) {
                break;
            }
            try {
                store.delete(id);
                shelf.removed(id);
                removed++;
            } catch (IOException e) {
                LOG.debug("the bytes of {} cannot be removed", id, e);
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw new IOException(removed + " of " + due.size() + " files were removed", first);
        }
        job.result(new Report(abandoned, removed));
    }
}
