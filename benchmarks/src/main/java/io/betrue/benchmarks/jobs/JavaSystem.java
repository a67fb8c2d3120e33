package io.betrue.benchmarks.jobs;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** A library of this process; each has a pool of the same size and as many threads for jobs, whose handlers call {@link NoOps}. */
abstract class JavaSystem implements JobSystem {
    /** How many jobs run at the same time. */
    static final int THREADS = 20;

    private final String name;
    private final Pool pool;

    JavaSystem(String name, String jdbcUrl) {
        this.name = name;
        this.pool = new Pool(jdbcUrl);
    }

    /** What runs jobs. */
    interface Worker {
        /** Ends the worker when its jobs have ended. */
        void stop();
    }

    /** Queues a job in a transaction of its own, which is over when this returns. */
    abstract void enqueueOne(int id);

    /** Starts a worker of this process as for most jobs a second. */
    abstract Worker startWorker();

    /** Starts a worker of this process as for the shortest time until a job starts, where that is something else. */
    Worker startQuickWorker() {
        return startWorker();
    }

    /** {@return a query for whether no job waits or runs} */
    abstract String doneQuery();

    @Override
    public final String name() {
        return name;
    }

    final Pool pool() {
        return pool;
    }

    final HikariDataSource dataSource() {
        return pool.dataSource();
    }

    @Override
    public final Duration drain(int jobs) {
        NoOps.expect(jobs);
        long since = System.nanoTime();
        Worker worker = startWorker();
        NoOps.await();
        pool.awaitTrue(doneQuery());
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        worker.stop();
        NoOps.checkEachRanOnce();
        return took;
    }

    @Override
    public void close() {
        pool.close();
    }
}
