package io.betrue.jobs.daemon;

import io.betrue.jobs.JobException;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs jobs until it is told to stop. */
@Command(
        name = "run",
        description =
                "Runs jobs until SIGTERM or Ctrl-C, then lets running ones finish. A second signal ends it at once.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets them
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final int KILLED = 130;
    private static final int LAST_PORT = 65_535;
    private static final int FEWEST_CONNECTIONS = 3;
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration LOG_EACH = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Option(
            names = "--queue",
            split = ",",
            paramLabel = "QUEUE=SLOTS",
            defaultValue = "${env:JOBS_QUEUES}",
            description = "Take from these queues, so many jobs at once (JOBS_QUEUES), such as default=16,mail=4;"
                    + " the application's own by default.")
    private @Nullable Map<String, Integer> queues;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:JOBS_PORT:-8090}",
            description =
                    "Where /health/live, /health/ready and /metrics are, ${DEFAULT-VALUE}; 0 for any free port (JOBS_PORT).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "${env:JOBS_HOST:-127.0.0.1}",
            description = "The address they are bound to, ${DEFAULT-VALUE} (JOBS_HOST).")
    private String host;

    @Option(
            names = "--heartbeat",
            paramLabel = "TIME",
            defaultValue = "${env:JOBS_HEARTBEAT:-10s}",
            description = "Say so often that this process lives, ${DEFAULT-VALUE} (JOBS_HEARTBEAT).")
    private Duration heartbeat;

    @Option(
            names = "--poll",
            paramLabel = "TIME",
            defaultValue = "${env:JOBS_POLL:-5s}",
            description = "Look for jobs so often when nothing wakes it, ${DEFAULT-VALUE} (JOBS_POLL).")
    private Duration poll;

    @Option(
            names = "--stop-within",
            paramLabel = "TIME",
            defaultValue = "${env:JOBS_STOP_WITHIN:-20s}",
            description = "Let running jobs finish so long, ${DEFAULT-VALUE} (JOBS_STOP_WITHIN).")
    private Duration stopWithin;

    @Option(
            names = "--start-timeout",
            paramLabel = "TIME",
            defaultValue = "${env:JOBS_START_TIMEOUT:-60s}",
            description = "Wait so long for a database or NATS, or tables, that are not there yet, ${DEFAULT-VALUE}"
                    + " (JOBS_START_TIMEOUT).")
    private Duration startTimeout;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "${env:JOBS_CONNECTIONS:-5}",
            description = "At most so many connections to PostgreSQL, from 3, ${DEFAULT-VALUE} (JOBS_CONNECTIONS).")
    private int connections;

    @Option(
            names = "--migrate",
            defaultValue = "${env:JOBS_MIGRATE:-false}",
            description = "Bring the tables, or the streams of NATS, up to date first (JOBS_MIGRATE=true).")
    private boolean migrate;

    private final CountDownLatch stop = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        check();
        JobApplication application = Applications.one(Applications.found());
        listenForSignals();
        DaemonMetrics metrics = new DaemonMetrics();
        try (DaemonServer server = DaemonServer.start(host, port, metrics)) {
            return serve(application, server, metrics);
        } catch (IOException e) {
            throw new JobException("port " + port + " of " + host + " cannot be opened: " + e.getMessage(), e);
        } finally {
            Applications.close(application);
        }
    }

    private void check() {
        if (port < 0 || port > LAST_PORT) {
            throw new ParameterException(spec.commandLine(), "port must be 0 to " + LAST_PORT + ", was " + port);
        }
        if (connections < FEWEST_CONNECTIONS) {
            throw new ParameterException(
                    spec.commandLine(), "connections must be at least " + FEWEST_CONNECTIONS + ", was " + connections);
        }
    }

    private void listenForSignals() {
        AtomicInteger signals = new AtomicInteger();
        Signals.onStop(() -> {
            if (signals.incrementAndGet() > 1) {
                LOG.warn("Ended at once by a second signal");
                Runtime.getRuntime().halt(KILLED);
            }
            stop.countDown();
        });
    }

    private int serve(JobApplication application, DaemonServer server, DaemonMetrics metrics)
            throws InterruptedException {
        try (Backend backend = awaitBackend()) {
            if (backend == null) {
                LOG.info("Told to stop before the jobs could be reached");
                return 0;
            }
            try (Worker worker = worker(application, backend, metrics)) {
                Jobs jobs = backend.jobs();
                application.schedules().forEach(jobs.schedules()::put);
                server.watch(worker, jobs.control());
                return run(worker, server);
            }
        }
    }

    /** {@return the place with all that jobs need, or {@code null} when told to stop meanwhile} */
    private @Nullable Backend awaitBackend() throws InterruptedException {
        long began = System.nanoTime();
        long said = began - LOG_EACH.toNanos();
        while (true) {
            try {
                return backend();
            } catch (JobException e) {
                long now = System.nanoTime();
                if (!Refusals.mayPass(e) || now - began >= startTimeout.toNanos()) {
                    throw e;
                }
                if (now - said >= LOG_EACH.toNanos()) {
                    said = now;
                    LOG.warn(
                            "Waiting for {}, for up to {} more: {}",
                            connection.isDatabase() ? "the database" : "NATS",
                            Durations.show(startTimeout.minusNanos(now - began)),
                            e.getMessage());
                }
                if (stop.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                    return null;
                }
            }
        }
    }

    private Backend backend() {
        Backend backend = connection.open(connections);
        boolean ready = false;
        try {
            if (migrate) {
                backend.migrate(null);
            }
            backend.check();
            ready = true;
            return backend;
        } finally {
            if (!ready) {
                backend.close();
            }
        }
    }

    private Worker worker(JobApplication application, Backend backend, DaemonMetrics metrics) {
        return Applications.worker(
                application,
                backend.jobs(),
                backend.dataSource(),
                config -> config.heartbeat(heartbeat).poll(poll).stopWithin(stopWithin),
                config -> {
                    if (queues != null && !queues.isEmpty()) {
                        config.onlyQueues(queues);
                    }
                    config.listener(metrics);
                });
    }

    private int run(Worker worker, DaemonServer server) throws InterruptedException {
        worker.start();
        spec.commandLine()
                .getOut()
                .println("jobs: running; health and metrics on http://" + host + ":" + server.port());
        spec.commandLine().getOut().flush();
        stop.await();
        LOG.info("Stopping: running jobs have {} to finish", Durations.show(stopWithin));
        return worker.stop(stopWithin) ? 0 : 1;
    }
}
