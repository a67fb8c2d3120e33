package io.betrue.jobs.daemon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.Worker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Health and metrics of the process, for whoever watches it. */
final class DaemonServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonServer.class);
    private static final int BACKLOG = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Worker.Health NOT_YET = new Worker.Health(false, 0, 0, null);
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;
    private final ExecutorService asking = threads(1, "jobs-metrics");
    private final DaemonMetrics metrics;
    private volatile @Nullable Watched watched;
    private @Nullable Future<List<QueueInfo>> queues;

    private record Watched(Worker worker, JobControl control) {}

    private DaemonServer(HttpServer server, ExecutorService threads, DaemonMetrics metrics) {
        this.server = server;
        this.threads = threads;
        this.metrics = metrics;
    }

    private static ExecutorService threads(int count, String name) {
        return Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts; is not ready before there is a worker to watch. */
    static DaemonServer start(String host, int port, DaemonMetrics metrics) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        ExecutorService threads = threads(4, "jobs-http");
        server.setExecutor(threads);
        DaemonServer daemon = new DaemonServer(server, threads, metrics);
        server.createContext("/health/live", exchange -> daemon.answer(exchange, "/health/live", daemon::live));
        server.createContext("/health/ready", exchange -> daemon.answer(exchange, "/health/ready", daemon::ready));
        server.createContext("/metrics", exchange -> daemon.answer(exchange, "/metrics", daemon::metrics));
        server.createContext("/", exchange -> daemon.answer(exchange, "/", Answer::notFound));
        server.start();
        return daemon;
    }

    void watch(Worker worker, JobControl control) {
        watched = new Watched(worker, control);
    }

    int port() {
        return server.getAddress().getPort();
    }

    private record Answer(int status, String type, String text) {
        static Answer notFound() {
            return new Answer(404, TEXT, "there are /health/live, /health/ready and /metrics\n");
        }
    }

    @FunctionalInterface
    private interface Page {
        Answer get();
    }

    private void answer(HttpExchange exchange, String path, Page page) throws IOException {
        try (exchange) {
            boolean reads = exchange.getRequestMethod().equals("GET")
                    || exchange.getRequestMethod().equals("HEAD");
            Answer answer = !exchange.getRequestURI().getPath().equals(path)
                    ? Answer.notFound()
                    : reads ? page.get() : new Answer(405, TEXT, "only GET and HEAD\n");
            byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer live() {
        return new Answer(200, TEXT, "live\n");
    }

    private Answer ready() {
        Watched now = watched;
        if (now == null) {
            return new Answer(503, TEXT, "not ready: waiting for the database or NATS\n");
        }
        Worker.Health health = now.worker().health();
        if (health.healthy()) {
            return new Answer(200, TEXT, "ready\n");
        }
        String problem = health.problem();
        String text = problem == null ? "the worker stops, or has not reached its jobs lately" : "cannot " + problem;
        return new Answer(503, TEXT, "not ready: " + text + '\n');
    }

    private Answer metrics() {
        StringBuilder text = new StringBuilder();
        Watched now = watched;
        Worker.Health health = now == null ? NOT_YET : now.worker().health();
        gauge(text, "jobs_worker_healthy", "Whether the worker runs and reaches the store.", health.healthy() ? 1 : 0);
        gauge(text, "jobs_worker_running", "Attempts that run in this process.", health.running());
        gauge(text, "jobs_worker_buffered", "Jobs that were fetched and not started.", health.buffered());
        metrics.write(text);
        List<QueueInfo> known = now == null ? null : ask(now.control());
        if (known == null) {
            text.append("# queues: the store does not answer\n");
        } else {
            queues(text, known);
        }
        return new Answer(200, TEXT, text.toString());
    }

    /** {@return the queues, or {@code null} when the store does not say in time: whoever asks for metrics does not wait as long as for a connection} */
    private synchronized @Nullable List<QueueInfo> ask(JobControl control) {
        Future<List<QueueInfo>> asked = queues == null || queues.isDone() ? asking.submit(control::queues) : queues;
        queues = asked;
        try {
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("queues are not known", e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
        text.append(name).append(' ').append(value).append('\n');
    }

    private static void queues(StringBuilder text, List<QueueInfo> queues) {
        text.append("# HELP jobs_queue_jobs Jobs in the store that have not ended.\n# TYPE jobs_queue_jobs gauge\n");
        for (QueueInfo queue : queues) {
            line(text, "jobs_queue_jobs", queue.name(), ",state=\"queued\"", (double) queue.queued());
            line(text, "jobs_queue_jobs", queue.name(), ",state=\"delayed\"", (double) queue.delayed());
            line(text, "jobs_queue_jobs", queue.name(), ",state=\"running\"", (double) queue.running());
        }
        text.append("# HELP jobs_queue_oldest_seconds How long the longest waiting due job has waited.\n");
        text.append("# TYPE jobs_queue_oldest_seconds gauge\n");
        for (QueueInfo queue : queues) {
            double oldest = queue.oldest() == null ? 0 : queue.oldest().toMillis() / 1000.0;
            line(text, "jobs_queue_oldest_seconds", queue.name(), "", oldest);
        }
        text.append(
                "# HELP jobs_queue_paused Whether nothing is taken from the queue.\n# TYPE jobs_queue_paused gauge\n");
        queues.forEach(queue -> line(text, "jobs_queue_paused", queue.name(), "", queue.paused() ? 1 : 0));
    }

    private static void line(StringBuilder text, String name, String queue, String labels, double value) {
        text.append(name)
                .append("{queue=\"")
                .append(queue)
                .append('"')
                .append(labels)
                .append("} ");
        text.append(value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value));
        text.append('\n');
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        asking.shutdownNow();
    }
}
