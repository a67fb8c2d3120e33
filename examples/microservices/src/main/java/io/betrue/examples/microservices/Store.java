package io.betrue.examples.microservices;

import com.zaxxer.hikari.HikariDataSource;
import io.betrue.examples.wallet.DatabaseProbe;
import io.betrue.examples.wallet.Pools;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.process.Run;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;

/** The database of a service: a pool for calls, one for work in the background, and whether it answers. Safe for use by multiple threads. */
final class Store implements AutoCloseable {
    private static final Duration MIGRATIONS_WITHIN = Duration.ofHours(1);
    private static final Duration LATER = Duration.ofSeconds(10);

    private final String name;
    private final StoreConfig config;
    private final Tables tables;
    private final DatabaseProbe probe;
    private final HikariDataSource pool;
    private final HikariDataSource background;
    private final DataSource timed;
    private final DataSource backgroundTimed;

    /**
     * Prepares it; nothing is connected before {@link #startIn}.
     *
     * @param process what the server calls the connections
     * @param background connections at most for work in the background
     * @param instruments what times statements
     */
    Store(String process, StoreConfig config, Tables tables, int background, Instruments instruments) {
        this.name = tables.name().toLowerCase(Locale.ROOT);
        this.config = config;
        this.tables = tables;
        this.probe = new DatabaseProbe(config.url, process + " health");
        this.pool = Pools.of(process, name, config.poolSize, config.wait, config.url);
        this.background = Pools.of(process, name + "-background", background, config.wait, config.url);
        pool.setMinimumIdle(1);
        this.background.setMinimumIdle(1);
        this.timed = instruments.timed(pool);
        this.backgroundTimed = instruments.timed(this.background);
    }

    /** Waits for the database, and brings its tables up to date. */
    void startIn(Run run) {
        run.step(
                name + " database",
                () -> probe.await(config.startTimeout, run::isStopping),
                this::close,
                part -> part.startWithin(config.startTimeout.plus(LATER)).uninterrupted());
        run.step(
                name + " tables",
                () -> tables.bringUpToDate(timed),
                () -> {},
                part -> part.startWithin(MIGRATIONS_WITHIN).uninterrupted());
    }

    /** {@return the service whose database it is} */
    String name() {
        return name;
    }

    DataSource dataSource() {
        return timed;
    }

    DataSource backgroundDataSource() {
        return backgroundTimed;
    }

    /** {@return whether the database answers; asks it at most once a second} */
    boolean answers() {
        return probe.answers();
    }

    @Override
    public void close() {
        background.close();
        pool.close();
        probe.close();
    }
}
