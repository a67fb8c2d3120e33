package io.betrue.benchmarks.jobs.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.Worker;
import io.betrue.jobs.postgres.PatientDataSource;
import io.betrue.jobs.postgres.PostgresJobs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The process that faults happen to. Its first line of input is the address of the database; it says {@code ready}, and ends in order when its input ends.
 * Arguments: {@code worker NAME SLOTS}, or {@code enqueue NAME THREADS KEYS}, which waits for a second line, enqueues each key with all threads at once and
 * writes a line for each answer.
 */
final class FaultNode {
    /** How often a worker says that it lives: its jobs come back within 4.5 seconds. */
    static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private static final int POOL = 10;
    private static final int CONNECTION_MILLIS = 2_000;

    private FaultNode() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String name = arguments[1];
        int threads = Integer.parseInt(arguments[2]);
        try (HikariDataSource dataSource = dataSource(input.readLine(), name);
                PostgresJobs jobs = PostgresJobs.create(dataSource, config -> {})) {
            if (arguments[0].equals("worker")) {
                work(jobs, new FaultJobs(name, dataSource), name, threads, input);
            } else {
                say("ready");
                input.readLine();
                enqueue(jobs, threads, Integer.parseInt(arguments[3]));
            }
        }
    }

    /** As docs/jobs-production.md advises; gives up waiting for the pool after 2 seconds. */
    static HikariDataSource dataSource(String url, String name) {
        HikariConfig config = new HikariConfig();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url + "&ApplicationName=" + name);
        config.setDataSource(new PatientDataSource(source));
        config.setMaximumPoolSize(POOL);
        config.setConnectionTimeout(CONNECTION_MILLIS);
        return new HikariDataSource(config);
    }

    private static void work(PostgresJobs jobs, FaultJobs handlers, String name, int slots, BufferedReader input)
            throws IOException {
        try (Worker worker = jobs.worker(config -> {
            config.name(name).heartbeat(HEARTBEAT).queue("default", slots);
            handlers.handlers(config);
        })) {
            worker.start();
            say("ready");
            while (input.readLine() != null) {
                // nothing more is said
            }
        }
    }

    private static void enqueue(PostgresJobs jobs, int threads, int keys) throws InterruptedException {
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> enqueue(jobs, together, keys), "enqueue-" + i);
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            thread.join();
        }
        say("done");
    }

    private static void enqueue(PostgresJobs jobs, CyclicBarrier together, int keys) {
        for (int key = 0; key < keys; key++) {
            try {
                together.await();
            } catch (Exception e) {
                throw new IllegalStateException("the threads lost each other", e);
            }
            EnqueuedJob answer = jobs.enqueueAll(List.of(JobRequest.of(FaultJobs.WORK, new FaultJobs.Work(key, 0))
                            .uniqueKey("key-" + key)))
                    .get(0);
            say(key + " " + answer.id() + " " + answer.created());
        }
    }

    private static void say(String line) {
        PrintStream out = System.out;
        out.println(line);
        out.flush();
    }
}
