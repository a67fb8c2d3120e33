package io.betrue.examples.wallet.telemetry;

import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.JobControl;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instruments of a process: where its parts send spans and metrics, and what is measured around them. With an agent that was started with the process all goes there, and nothing is measured twice;
 * where nobody asked for anything there is nothing, and it costs nothing. Safe for use by multiple threads.
 */
public final class Instruments implements AutoCloseable {
    /** How long the end may take: what has not been sent by then is lost. */
    public static final Duration STOP = Duration.ofSeconds(3);

    static final String SCOPE = "io.betrue.examples.wallet";

    private static final Logger log = LoggerFactory.getLogger(Instruments.class);
    private static final Instruments AGENTS = new Instruments(null, null);

    private final @Nullable OpenTelemetrySdk sdk;
    private final @Nullable MetricsServer server;
    private final @Nullable JvmMetrics jvm;
    private final @Nullable SqlTimes sql;
    private final @Nullable PoolGauges pools;
    private final @Nullable JobGauges jobs;
    private final @Nullable Requests requests;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Instruments(@Nullable OpenTelemetrySdk sdk, @Nullable MetricsServer server) {
        this.sdk = sdk;
        this.server = server;
        this.jvm = sdk == null ? null : new JvmMetrics(sdk);
        this.sql = sdk == null ? null : new SqlTimes(sdk);
        this.pools = sdk == null ? null : new PoolGauges(sdk);
        this.jobs = sdk == null ? null : new JobGauges(sdk);
        this.requests = sdk == null ? null : new Requests(sdk);
    }

    /**
     * Makes the instruments of a process; its port for metrics is shut until {@link #start}.
     *
     * @param config what is wanted
     * @param process what it is called in traces and metrics unless the settings say it: its role
     */
    public static Instruments of(TelemetryConfig config, String process) {
        if (!config.isWanted()) {
            return AGENTS;
        }
        if (GlobalOpenTelemetry.isSet()) {
            log.warn(
                    "An OpenTelemetry agent measures this process: METRICS_PORT and OTEL_… of the application do nothing beside it");
            return AGENTS;
        }
        if (config.metricsPort.isEmpty()) {
            return new Instruments(Sdk.start(config, process, null), null);
        }
        PrometheusMetricReader reader = PrometheusMetricReader.builder()
                .setOtelScopeLabelsEnabled(false)
                .build();
        return new Instruments(
                Sdk.start(config, process, reader),
                new MetricsServer(config.metricsHost, config.metricsPort.getAsInt(), reader));
    }

    /** {@return instruments that measure nothing} */
    public static Instruments none() {
        return AGENTS;
    }

    /** {@return where spans and metrics go; nowhere, at no cost, where nobody asked for them} */
    public OpenTelemetry openTelemetry() {
        if (sdk != null) {
            return sdk;
        }
        return GlobalOpenTelemetry.isSet() ? GlobalOpenTelemetry.get() : OpenTelemetry.noop();
    }

    /**
     * {@return a pool whose statements are timed; the pool itself where nothing is measured}
     *
     * @param pool the pool, which stays the caller's to close
     */
    public DataSource timed(HikariDataSource pool) {
        if (sql == null || pools == null) {
            return pool;
        }
        pools.watch(pool);
        return TimedDataSource.over(pool, sql);
    }

    /**
     * Shows how many jobs wait, wherever something is measured.
     *
     * @param store where the jobs are; is asked each time that metrics are
     */
    public void watch(JobControl store) {
        if (jobs != null) {
            jobs.watch(store);
        }
    }

    /** {@return what times HTTP requests; empty where nothing is measured} */
    public Optional<Requests> requests() {
        return Optional.ofNullable(requests);
    }

    /** Opens the port for metrics, where there is to be one. */
    public void start() {
        if (server != null) {
            server.start();
            log.info("Metrics at {}", server.url());
        }
    }

    /** Sends what has not been sent, within {@link #STOP}, and closes the port. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        if (server != null) {
            server.close();
        }
        if (jvm != null) {
            jvm.close();
        }
        if (sdk != null) {
            shutDown(sdk);
        }
    }

    /** The SDK waits for a collector that is away, up to 5 s for each kind of signal. */
    private static void shutDown(OpenTelemetrySdk sdk) {
        Thread shutdown = new Thread(sdk::close, "telemetry-end");
        shutdown.setDaemon(true);
        shutdown.start();
        try {
            shutdown.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
