package io.betrue.jobs.daemon;

import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.JobException;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.postgres.PostgresJobs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
            names = "--connections",
            paramLabel = "N",
            defaultValue = "5",
            description = "At most so many connections, ${DEFAULT-VALUE}.")
    private int connections;

    @Option(names = "--migrate", description = "Bring the tables up to date first.")
    private boolean migrate;

    private final CountDownLatch stop = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        JobApplication application = application();
        try (HikariDataSource pool = connection.pool(Math.max(3, connections))) {
            if (migrate) {
                PostgresJobs.migrate(pool, connection.schema());
            }
            DaemonMetrics metrics = new DaemonMetrics();
            try (Jobs jobs = PostgresJobs.create(pool, config -> config.schema(connection.schema()))) {
                application.schedules().forEach(jobs.schedules()::put);
                return run(jobs, worker(application, jobs, pool, metrics), metrics);
            }
        } finally {
            close(application);
        }
    }

    private JobApplication application() {
        List<JobApplication> found = new ArrayList<>();
        ServiceLoader.load(JobApplication.class).forEach(found::add);
        if (found.size() != 1) {
            throw new JobException(
                    "exactly one " + JobApplication.class.getName() + " must be on the class path, found "
                            + (found.isEmpty() ? "none" : found.toString())
                            + "; name yours in META-INF/services/" + JobApplication.class.getName());
        }
        return found.get(0);
    }

    private Worker worker(JobApplication application, Jobs jobs, HikariDataSource pool, DaemonMetrics metrics)
            throws Exception {
        List<Exception> failure = new ArrayList<>(0);
        Worker worker = jobs.worker(config -> {
            try {
                config.heartbeat(heartbeat).poll(poll).stopWithin(stopWithin);
                application.configure(config, new JobApplication.Surroundings(jobs, pool, System.getenv()));
                overrideQueues(config);
                config.listener(metrics);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            } catch (Exception e) {
                failure.add(e);
            }
        });
        if (!failure.isEmpty()) {
            throw new JobException("the application cannot be configured: " + failure.get(0), failure.get(0));
        }
        return worker;
    }

    private void overrideQueues(WorkerConfig config) {
        if (queues != null && !queues.isEmpty()) {
            config.onlyQueues(queues);
        }
    }

    private int run(Jobs jobs, Worker worker, DaemonMetrics metrics) throws InterruptedException {
        AtomicInteger signals = new AtomicInteger();
        Signals.onStop(() -> {
            if (signals.incrementAndGet() > 1) {
                LOG.warn("Ended at once by a second signal");
                Runtime.getRuntime().halt(KILLED);
            }
            stop.countDown();
        });
        try (DaemonServer server = DaemonServer.start(host, port, worker, jobs.control(), metrics)) {
            worker.start();
            spec.commandLine()
                    .getOut()
                    .println("jobs: running; health and metrics on http://" + host + ":" + server.port());
            spec.commandLine().getOut().flush();
            stop.await();
            LOG.info("Stopping: running jobs have {} to finish", stopWithin);
            boolean inTime = worker.stop(stopWithin);
            return inTime ? 0 : 1;
        } catch (IOException e) {
            throw new JobException("port " + port + " of " + host + " cannot be opened: " + e.getMessage(), e);
        } finally {
            worker.close();
        }
    }

    private static void close(JobApplication application) {
        try {
            application.close();
        } catch (RuntimeException e) {
            LOG.warn("The application did not close in good order", e);
        }
    }
}
