package io.betrue.jobs.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.daemon.JobDaemonIT.EchoApplication;
import io.betrue.jobs.daemon.JobDaemonIT.EchoApplication.Echo;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.testsupport.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** When the database of {@code run} comes late or goes away, and when somebody tells it to stop. */
class DaemonLifeIT {
    @RegisterExtension
    static final TestDatabase DATABASE =
            TestDatabase.migratedBy("jobs-daemon", dataSource -> PostgresJobs.migrate(dataSource, "jobs"));

    @TempDir
    Path directory;

    private Relay relay;

    @BeforeEach
    void findWay() throws IOException {
        relay = new Relay(
                URI.create(DATABASE.jdbcUrl().substring("jdbc:".length())).getPort());
    }

    @AfterEach
    void closeWay() throws IOException {
        relay.close();
    }

    private DaemonProcess run(String... arguments) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = DATABASE.jdbcUrl().replaceFirst(":\\d+/", ":" + relay.port() + "/");
        return new DaemonProcess(directory.resolve("log"), url, port, arguments);
    }

    @Test
    void runsJobsUntilItIsToldToStop() throws Exception {
        relay.open();
        try (DaemonProcess daemon = run("--heartbeat", "500ms", "--schema", "drained", "--migrate");
                PostgresJobs jobs = PostgresJobs.create(DATABASE.dataSource(), config -> config.schema("drained"))) {
            daemon.awaitLog("jobs: running; health and metrics on http://127.0.0.1:");
            assertThat(daemon.get("/health/live").body()).isEqualTo("live\n");
            daemon.await(() -> daemon.get("/health/ready").statusCode() == 200);
            jobs.enqueue(EchoApplication.ECHO, new Echo("hello", 0));
            long slow =
                    jobs.enqueue(EchoApplication.ECHO, new Echo("slow", 3_000)).id();
            String counted =
                    "jobs_attempt_duration_seconds_count{queue=\"default\",type=\"echo\",outcome=\"succeeded\"} 1\n";
            daemon.await(() -> daemon.get("/metrics").body().contains(counted));
            awaitHandler(daemon);
            String metrics = daemon.get("/metrics").body();
            assertThat(metrics)
                    .contains(
                            "jobs_worker_healthy 1\n",
                            "jobs_worker_running 1\n",
                            "jobs_queue_jobs{queue=\"default\",state=\"running\"} 1\n");
            PrometheusText.check(metrics);
            assertThat(daemon.get("/metrics/x").statusCode()).isEqualTo(404);

            daemon.terminate();

            assertThat(daemon.status()).isZero();
            assertThat(jobs.control().find(slow).orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(jobs.control().workers()).isEmpty();
            assertThat(jobs.schedules().list()).hasSize(1);
        }
    }

    /** Waits until a handler has begun: a job that was only taken by then would go back when the daemon is told to stop. */
    private static void awaitHandler(DaemonProcess daemon) throws Exception {
        daemon.await(() -> daemon.get("/metrics").body().contains("jobs_worker_running 1\n"));
    }

    @Test
    void waitsForADatabaseThatComesLater() throws Exception {
        try (DaemonProcess daemon = run()) {
            daemon.awaitLog("Waiting for the database, for up to");
            assertThat(daemon.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(daemon.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(daemon.get("/health/ready").body()).isEqualTo("not ready: waiting for the database or NATS\n");
            PrometheusText.check(daemon.get("/metrics").body());

            relay.open();

            daemon.awaitLog("jobs: running");
            daemon.await(() -> daemon.get("/health/ready").statusCode() == 200);
            daemon.terminate();
            assertThat(daemon.status()).isZero();
        }
    }

    @Test
    void givesUpWaitingInTheEnd() throws Exception {
        try (DaemonProcess daemon = run("--start-timeout", "1s")) {
            assertThat(daemon.status()).isEqualTo(4);
            assertThat(daemon.log())
                    .contains("jobs: the database does not answer")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void waitsForTablesToo() throws Exception {
        relay.open();
        try (DaemonProcess daemon = run("--schema", "later")) {
            daemon.awaitLog("are the tables there, and up to date?");
            PostgresJobs.migrate(DATABASE.dataSource(), "later");
            daemon.awaitLog("jobs: running");
            daemon.terminate();
            assertThat(daemon.status()).isZero();
        }
    }

    @Test
    void stopsWhileItWaits() throws Exception {
        try (DaemonProcess daemon = run()) {
            daemon.awaitLog("Waiting for the database");
            daemon.terminate();
            assertThat(daemon.status()).isZero();
        }
    }

    @Test
    void endsAtOnceByASecondSignal() throws Exception {
        relay.open();
        try (DaemonProcess daemon = run();
                PostgresJobs jobs = PostgresJobs.create(DATABASE.dataSource(), config -> {})) {
            daemon.awaitLog("jobs: running");
            long id =
                    jobs.enqueue(EchoApplication.ECHO, new Echo("slow", 60_000)).id();
            awaitHandler(daemon);
            daemon.terminate();
            daemon.await(() -> daemon.get("/health/ready").statusCode() == 503); // it drains
            daemon.terminate();
            assertThat(daemon.status()).isEqualTo(130);
            jobs.control().cancel(id);
        }
    }

    @Test
    void saysWhenJobsDidNotEndInTime() throws Exception {
        relay.open();
        try (DaemonProcess daemon = run("--stop-within", "100ms");
                PostgresJobs jobs = PostgresJobs.create(DATABASE.dataSource(), config -> {})) {
            daemon.awaitLog("jobs: running");
            long id =
                    jobs.enqueue(EchoApplication.ECHO, new Echo("slow", 60_000)).id();
            awaitHandler(daemon);
            daemon.terminate();
            assertThat(daemon.status()).isEqualTo(1);
            assertThat(jobs.control().list(JobQuery.all().states(JobState.RUNNING)))
                    .isEmpty();
            jobs.control().discard(id);
        }
    }

    @Test
    void tellsOfADatabaseThatWentAwayAndOfItsReturn() throws Exception {
        relay.open();
        try (DaemonProcess daemon = run("--heartbeat", "200ms")) {
            daemon.awaitLog("jobs: running");
            daemon.await(() -> daemon.get("/health/ready").statusCode() == 200);
            assertThat(daemon.get("/metrics").body()).contains("jobs_worker_healthy 1", "jobs_queue_jobs{");

            relay.close();

            daemon.await(() -> daemon.get("/health/ready").statusCode() == 503);
            daemon.await(() -> daemon.get("/health/ready").body().startsWith("not ready: cannot "));
            assertThat(daemon.get("/health/live").statusCode()).isEqualTo(200);
            long asked = System.nanoTime();
            HttpResponse<String> metrics = daemon.get("/metrics");
            assertThat(System.nanoTime() - asked)
                    .as("Prometheus waits 10 s by default, the pool 30 s")
                    .isLessThan(10_000_000_000L);
            assertThat(metrics.body()).contains("jobs_worker_healthy 0").doesNotContain("jobs_queue_jobs{");
            PrometheusText.check(metrics.body());

            relay.open();

            daemon.await(() -> daemon.get("/health/ready").statusCode() == 200);
            daemon.await(() -> daemon.get("/metrics").body().contains("jobs_queue_jobs{"));
            daemon.terminate();
            assertThat(daemon.status()).isZero();
        }
    }
}
