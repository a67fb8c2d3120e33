package io.betrue.benchmarks.jobs.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.Worker;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.jobs.postgres.PostgresJobsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;

/** Workers behind PgBouncer in transaction mode, with five connections to the database: no harm is done, they must just not notice. */
final class PoolerFault {
    private static final int SLOTS = 8;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PATIENCE_SECONDS = 120;
    private static final String CONFIG = """
            [databases]
            faults = host=127.0.0.1 port=%d dbname=faults user=postgres password=%s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 5
            ignore_startup_parameters = extra_float_digits
            """;

    private final Bench bench;
    private final int jobs;
    private int enqueued;

    PoolerFault(Bench bench, FaultOptions options) {
        this.bench = bench;
        this.jobs = options.quick() ? 500 : 5_000;
    }

    void run() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path folder = Files.createTempDirectory(
                "jobs-pooler-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        Path file = folder.resolve("pgbouncer.ini");
        URI address = URI.create(bench.url().substring("jdbc:".length()));
        String password = address.getQuery().replaceAll(".*password=([^&]*).*", "$1");
        Files.writeString(file, CONFIG.formatted(address.getPort(), password, port));
        Process pooler = start(file);
        try {
            PGSimpleDataSource direct = new PGSimpleDataSource();
            direct.setUrl(bench.url());
            run("listenOn", port, config -> config.listenOn(direct));
            run("pollOnly", port, PostgresJobsConfig::pollOnly);
            bench.checkNothingLost(enqueued);
        } finally {
            pooler.destroy();
            Files.delete(file);
            Files.delete(folder);
        }
    }

    /** As nobody for root, whom PgBouncer refuses. */
    private static Process start(Path file) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of("pgbouncer", "-q", file.toString()));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException("PgBouncer cannot be started; apt-get install pgbouncer brings it", e);
        }
    }

    private void run(String how, int port, Consumer<PostgresJobsConfig> listening) {
        HikariConfig config = new HikariConfig();
        // PgBouncer before 1.21 does not know the statements that the driver would prepare by name
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/faults?user=any&prepareThreshold=0");
        config.setMaximumPoolSize(SLOTS + 4);
        config.setInitializationFailTimeout(PATIENCE_SECONDS * 1_000); // it may not be up yet
        try (HikariDataSource source = new HikariDataSource(config);
                PostgresJobs behind = PostgresJobs.create(source, listening);
                Worker worker = behind.worker(workers -> {
                    workers.name(how)
                            .queue("default", SLOTS)
                            .poll(how.equals("pollOnly") ? POLL : Duration.ofMinutes(10));
                    new FaultJobs(how, source).handlers(workers);
                })) {
            worker.start();
            bench.await("it works", PATIENCE_SECONDS, () -> worker.health().healthy());
            long began = System.nanoTime();
            List<Long> alone = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                alone.add(one());
            }
            bench.enqueue(IntStream.range(0, jobs)
                    .mapToObj(number -> JobRequest.of(FaultJobs.WORK, new FaultJobs.Work(number, 0)))
                    .toList());
            enqueued += jobs;
            bench.awaitNoJobs(PATIENCE_SECONDS);
            alone.sort(null);
            bench.say(
                    "%s: a single job has begun %d ms after its enqueue (median, at most %d ms); %,d jobs in all after %.1f s",
                    how,
                    alone.get(alone.size() / 2),
                    alone.get(alone.size() - 1),
                    jobs + alone.size(),
                    (System.nanoTime() - began) / 1e9);
        }
    }

    /** Enqueues past the pooler, in another process as it were. */
    private long one() {
        long id = bench.jobs
                .enqueue(FaultJobs.WORK, new FaultJobs.Work(enqueued, 0))
                .id();
        enqueued++;
        bench.awaitNoJobs(PATIENCE_SECONDS);
        return bench.number(
                "select round(extract(epoch from started_at - enqueued_at) * 1000) from jobs.job_finished where id = "
                        + id);
    }
}
