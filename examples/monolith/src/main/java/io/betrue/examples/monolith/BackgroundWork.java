package io.betrue.examples.monolith;

import com.zaxxer.hikari.HikariDataSource;
import io.betrue.config.Config;
import io.betrue.config.Environment;
import io.betrue.examples.accounts.Letters;
import io.betrue.examples.files.Sweep;
import io.betrue.examples.ledger.Ledger;
import io.betrue.examples.ledger.LedgerOptions;
import io.betrue.examples.ledger.Reconciliation;
import io.betrue.examples.ledger.Statements;
import io.betrue.examples.wallet.CodesConfig;
import io.betrue.examples.wallet.LettersConfig;
import io.betrue.examples.wallet.StatementLog;
import io.betrue.examples.wallet.Storage;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.daemon.JobApplication;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the application does in the background: the same handlers for the worker inside it and for one in a process of its own, {@code JobDaemon run}. */
public final class BackgroundWork implements JobApplication {
    /** The PostgreSQL schema of the jobs: what the daemon expects unless it is told otherwise. */
    static final String SCHEMA = "jobs";

    private static final int STATEMENTS_AT_ONCE = 4;
    private static final int LETTERS_AT_ONCE = 2;

    /** How many jobs run at once, in all queues. */
    static final int SLOTS = STATEMENTS_AT_ONCE + LETTERS_AT_ONCE + 2;

    private final @Nullable Means means;
    private @Nullable Own own;

    /** What the work needs beside a database. */
    private record Means(LettersConfig letters, CodesConfig codes, Storage storage) {}

    /** What there is in a process of its own, and is closed with it. */
    private record Own(Storage storage, Instruments instruments) implements AutoCloseable {
        @Override
        public void close() {
            storage.close();
            instruments.close();
        }
    }

    /** Made by the daemon's service loader; the settings are read from the surroundings. */
    public BackgroundWork() {
        this.means = null;
    }

    /** Made by the application, which closes the storage. */
    BackgroundWork(LettersConfig letters, CodesConfig codes, Storage storage) {
        this.means = new Means(letters, codes, storage);
    }

    @Override
    public void configure(WorkerConfig worker, Surroundings surroundings) {
        Means all = means != null ? means : means(worker, surroundings);
        DataSource database = timed(surroundings.dataSource());
        Ledger ledger = new Ledger(database, LedgerOptions.defaults(), Clock.systemUTC());
        new Letters(database, all.codes().codes(), all.letters().mailer(), Clock.systemUTC(), new SecureRandom())
                .handle(worker, LETTERS_AT_ONCE);
        worker.queue(Statements.QUEUE, STATEMENTS_AT_ONCE)
                .handle(Statements.TYPE, Statements.handler(ledger, new StatementLog()))
                .queue(Reconciliation.QUEUE, 1)
                .handle(Reconciliation.TYPE, new Reconciliation(database))
                .queue(Sweep.QUEUE, 1)
                .handle(Sweep.TYPE, new Sweep(database, all.storage().files(), Clock.systemUTC()));
    }

    private Means means(WorkerConfig worker, Surroundings surroundings) {
        BackgroundConfig config = Config.load(Environment.of(surroundings.variables()), BackgroundConfig::new);
        Storage storage = Storage.of(config.files, config.own.dataDir);
        Instruments instruments = Instruments.of(config.telemetry, "jobs");
        worker.openTelemetry(instruments.openTelemetry());
        instruments.watch(surroundings.jobs().control());
        own = new Own(storage, instruments);
        return new Means(config.letters, config.codes, storage);
    }

    private DataSource timed(DataSource database) {
        return own != null && database instanceof HikariDataSource pool
                ? own.instruments().timed(pool)
                : database;
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }

    /** Only {@code run} asks for them: {@code enqueue} must not want the port for metrics, which a process that runs has. */
    @Override
    public List<Schedule<?>> schedules() {
        if (own != null) {
            own.instruments().start();
        }
        return List.of(Reconciliation.nightly(), Sweep.often());
    }
}
