package io.betrue.examples.monolith;

import com.zaxxer.hikari.HikariDataSource;
import io.betrue.examples.wallet.DatabaseAddress;
import io.betrue.examples.wallet.DatabaseProbe;
import io.betrue.examples.wallet.OwnServersConfig;
import io.betrue.examples.wallet.Pools;
import io.betrue.examples.wallet.StartException;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.localservers.EmbeddedPostgres;
import io.betrue.localservers.EmbeddedPostgresOptions;
import io.betrue.process.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of the application: the one that {@code DATABASE_URL} names, or one of its own.
 *
 * <p>Safe for use by multiple threads.
 */
final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);

    /** One that listens for jobs, four that the worker takes for single statements, one for each job that runs. */
    private static final int BACKGROUND_CONNECTIONS = 1 + 4 + BackgroundWork.SLOTS;

    private static final Duration PREPARED_WITHIN = Duration.ofMinutes(5);
    private static final Duration LONGEST_STOP = Duration.ofHours(1);

    private final DatabaseConfig config;
    private final @Nullable EmbeddedPostgres embedded;
    private final DatabaseProbe probe;
    private final HikariDataSource pool;
    private final HikariDataSource backgroundPool;
    private final DataSource timed;
    private final DataSource backgroundTimed;
    private final AtomicBoolean released = new AtomicBoolean();

    private Database(
            DatabaseConfig config,
            @Nullable EmbeddedPostgres embedded,
            DatabaseAddress address,
            Instruments instruments) {
        this.config = config;
        this.embedded = embedded;
        this.probe = new DatabaseProbe(address, "monolith health");
        this.pool = Pools.of("monolith", "database", config.poolSize, config.wait, address);
        this.backgroundPool = Pools.of("monolith", "background", BACKGROUND_CONNECTIONS, config.wait, address);
        backgroundPool.setMinimumIdle(1);
        this.timed = instruments.timed(pool);
        this.backgroundTimed = instruments.timed(backgroundPool);
    }

    /** Prepares the database; nothing is started or connected before {@link #start}. */
    static Database of(DatabaseConfig config, OwnServersConfig own, boolean ephemeral, Instruments instruments) {
        if (config.url.isPresent()) {
            return new Database(config, null, config.url.get(), instruments);
        }
        EmbeddedPostgres server = EmbeddedPostgres.claim(new EmbeddedPostgresOptions(
                ephemeral ? temporaryFolder() : own.dataDir.resolve("postgres"),
                own.postgresPort,
                !ephemeral,
                config.startTimeout));
        DatabaseAddress address = new DatabaseAddress(server.jdbcUrl(), server.user(), server.password());
        return new Database(config, server, address, instruments);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("monolith-postgres-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DataSource dataSource() {
        return timed;
    }

    /** {@return connections for work that nobody waits for, which do not count among those of requests} */
    DataSource backgroundDataSource() {
        return backgroundTimed;
    }

    /**
     * Starts the own server, or waits for the other one.
     *
     * @param cancelled whether nobody waits any more
     * @throws StartException if the database does not answer in time
     */
    private void start(BooleanSupplier cancelled) {
        if (embedded != null) {
            embedded.start();
        }
        probe.await(config.startTimeout, cancelled);
    }

    /** Makes it a part of a run: it waits by looking whether the run stops, since an interrupt would harm the start of a server. */
    void startIn(Run run) {
        run.step(
                "database",
                () -> start(run::isStopping),
                this::close,
                part -> part.startWithin(
                                config.startTimeout.multipliedBy(2).plus(PREPARED_WITHIN)) // it has limits itself
                        .stopWithin(LONGEST_STOP) // and the run has one
                        .uninterrupted()
                        .abort(this::abort));
    }

    /** {@return whether the database answers; asks it at most once a second} */
    boolean answers() {
        return probe.answers();
    }

    /** Cuts off everything, for an end that must not wait. Committed data is safe. */
    private void abort() {
        if (embedded != null) {
            embedded.abort();
        }
    }

    /** Closes the pool, and stops the own server in good order. */
    @Override
    public void close() {
        if (released.getAndSet(true)) {
            return;
        }
        backgroundPool.close();
        pool.close();
        probe.close();
        if (embedded != null) {
            embedded.close();
            log.info("PostgreSQL has stopped");
        }
    }
}
