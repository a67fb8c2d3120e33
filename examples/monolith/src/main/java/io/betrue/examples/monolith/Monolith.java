package io.betrue.examples.monolith;

import io.betrue.examples.accounts.AccountsMigrations;
import io.betrue.examples.ledger.LedgerMigrations;
import io.betrue.jobs.postgres.PostgresJobs;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the application: doors open, database up, serving, draining, gone. */
final class Monolith implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Monolith.class);

    private final MonolithConfig config;
    private final Database database;
    private final InnerWorker worker;
    private final HttpServer http;
    private final Readiness readiness;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean cancelled;

    Monolith(MonolithConfig config, Database database, InnerWorker worker, HttpServer http, Readiness readiness) {
        this.config = config;
        this.database = database;
        this.worker = worker;
        this.http = http;
        this.readiness = readiness;
    }

    /** Opens the doors at once, so that health can be asked, and serves as soon as the database is up to date. */
    void start() {
        http.start();
        log.info("Listening at {}", url());
        database.start(() -> cancelled);
        if (cancelled) {
            return;
        }
        AccountsMigrations.migrate(database.dataSource());
        LedgerMigrations.migrate(database.dataSource());
        PostgresJobs.migrate(database.dataSource(), BackgroundWork.SCHEMA);
        if (config.jobs.worker == JobsConfig.WorkerMode.ON) {
            worker.start();
        }
        readiness.serving();
        log.info("Ready at {}", url());
    }

    /** {@return where to reach it from this machine} */
    String url() {
        String host = config.http.host.equals("0.0.0.0") ? "127.0.0.1" : config.http.host;
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + http.port();
    }

    /** Makes a start that still waits for the database return; one that does not wait runs to its end. */
    void cancelStart() {
        cancelled = true;
    }

    /** Cuts off everything, for an end that must not wait. */
    void abort() {
        database.abort();
    }

    /** Says that it is about to go, lets requests in flight finish, and stops in the reverse order of the start. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        readiness.draining();
        long began = System.nanoTime();
        log.info("Stopping: no new requests, waiting for those in flight");
        pause(config.http.stopPause);
        http.close();
        Duration left = config.http.stopTimeout.minusNanos(System.nanoTime() - began);
        worker.stop(left.isNegative() ? Duration.ZERO : left.dividedBy(2)); // the rest is for what comes after
        worker.close();
        database.close();
        log.info("Stopped");
    }

    private static void pause(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
