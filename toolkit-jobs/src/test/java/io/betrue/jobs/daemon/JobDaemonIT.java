package io.betrue.jobs.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.Cron;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.testsupport.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program from outside: its commands, and {@code run} as a process with the handlers of {@link EchoApplication}. */
class JobDaemonIT {
    private static final Pattern ADDRESS = Pattern.compile("health and metrics on (http://\\S+)");

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    @TempDir
    Path directory;

    private record Ran(int status, String out, String err) {}

    private static Ran ran(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", DATABASE.jdbcUrl()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine program = JobDaemon.commandLine();
        int status = program.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(new String[0]));
        return new Ran(status, out.toString(), err.toString());
    }

    // tag::application[]
    public static final class EchoApplication implements JobApplication {
        record Echo(String text, long millis) {}

        static final JobType<Echo> ECHO = JobType.of("echo", Echo.class);

        @Override
        public void configure(WorkerConfig worker, Surroundings surroundings) {
            worker.queue("default", 4).handle(ECHO, (job, echo) -> {
                TimeUnit.MILLISECONDS.sleep(echo.millis());
                job.log(echo.text());
            });
        }

        @Override
        public List<Schedule<?>> schedules() {
            return List.of(
                    Schedule.of("good-morning", Cron.parse("0 7 * * MON-FRI"), ECHO, new Echo("good morning", 0)));
        }
    }
    // end::application[]

    @Test
    void handsInShowsAndChangesJobs() throws Exception {
        assertThat(ran("migrate", "--schema", "cli").status()).isZero();
        assertThat(ran("migrate", "--schema", "cli").status()).isZero();
        String[] job = {
            "enqueue", "mail", "{\"to\":\"ann\"}", "--key", "k", "--tag", "a", "--tag", "b", "--schema", "cli"
        };
        Ran first = ran(job);
        String id = first.out().strip();
        assertThat(first.status()).isZero();
        assertThat(ran(job).out().strip()).isEqualTo(id + " exists");
        assertThat(ran("list", "--tag", "b", "--schema", "cli").out()).contains("QUEUED  mail  default  0/20");
        assertThat(ran("show", id, "--schema", "cli").out()).contains("{\"to\":\"ann\"}", "mail:k");
        JsonNode shown = new ObjectMapper()
                .readTree(ran("show", id, "--json", "--schema", "cli").out());
        assertThat(shown.get("job").get("tags")).hasSize(2);

        assertThat(ran("pause", "default", "--schema", "cli").status()).isZero();
        assertThat(ran("status", "--schema", "cli").out()).containsPattern("default +1 +0 +0 .*paused");
        assertThat(ran("resume", "default", "--schema", "cli").status()).isZero();
        assertThat(ran("cancel", id, "--schema", "cli").out()).contains(id + " is cancelled");
        Ran again = ran("cancel", id, "999", "--schema", "cli");
        assertThat(again.status()).isEqualTo(3);
        assertThat(again.err()).contains("999 neither waits nor runs");
        assertThat(ran("retry", id, "--schema", "cli").status()).isZero();
        assertThat(ran("reschedule", id, "--in", "2h", "--schema", "cli").status())
                .isZero();
        assertThat(ran("list", "--state", "DELAYED", "--json", "--schema", "cli")
                        .out())
                .contains("\"id\" : " + id);
        assertThat(ran("discard", id, "--schema", "cli").status()).isZero();
        assertThat(ran("show", id, "--schema", "cli").status()).isEqualTo(3);
        assertThat(ran("prune", "--schema", "cli").out().strip()).isEqualTo("0");
        assertThat(ran("schedules", "--pause", "absent", "--schema", "cli").status())
                .isEqualTo(3);
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(ran("enqueue", "mail", "{").status()).isEqualTo(2);
        assertThat(ran("enqueue", "ma il", "{}").err()).contains("job type must be");
        assertThat(ran("list", "--limit", "0").err()).contains("limit must be 1 to 1000, was 0");
        assertThat(ran("reschedule", "1", "--in", "soon").err()).contains("'soon' is no duration");
        Ran noTables = ran("status", "--schema", "nowhere");
        assertThat(noTables.status()).isEqualTo(1);
        assertThat(noTables.err()).startsWith("jobs: ").contains("nowhere");
        Ran noCommand = new Ran(
                JobDaemon.commandLine()
                        .setErr(new PrintWriter(new StringWriter()))
                        .execute(),
                "",
                "");
        assertThat(noCommand.status()).isEqualTo(2);
    }

    @Test
    void runsJobsUntilItIsToldToStop() throws Exception {
        ran("migrate", "--schema", "daemon");
        Path log = directory.resolve("log");
        Process process = process(log, "run", "--schema", "daemon", "--port", "0", "--heartbeat", "500ms");
        try {
            String address = address(log, process);
            assertThat(get(address + "/health/live").body()).isEqualTo("live\n");
            until(() -> get(address + "/health/ready").statusCode() == 200);
            ran("enqueue", "echo", "{\"text\":\"hello\",\"millis\":0}", "--schema", "daemon");
            ran("enqueue", "echo", "{\"text\":\"slow\",\"millis\":3000}", "--schema", "daemon");
            try (PostgresJobs jobs = PostgresJobs.create(DATABASE.dataSource(), config -> config.schema("daemon"))) {
                until(() -> jobs.control()
                                .list(JobQuery.all().states(JobState.RUNNING))
                                .size()
                        == 1);
                assertThat(get(address + "/metrics").body())
                        .contains(
                                "jobs_worker_healthy 1",
                                "jobs_queue_jobs{queue=\"default\",state=\"running\"} 1",
                                "jobs_attempt_duration_seconds_count{queue=\"default\",type=\"echo\",outcome=\"succeeded\"} 1");
                assertThat(get(address + "/metrics/x").statusCode()).isEqualTo(404);

                process.destroy(); // SIGTERM

                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
                assertThat(jobs.control().list(JobQuery.all().states(JobState.SUCCEEDED)))
                        .hasSize(2);
                assertThat(jobs.control().workers()).isEmpty();
                assertThat(jobs.schedules().list()).hasSize(1);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process process(Path log, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                JobDaemon.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JOBS_DATABASE_URL", DATABASE.jdbcUrl());
        return builder.start();
    }

    private static String address(Path log, Process process) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            Matcher found = ADDRESS.matcher(Files.readString(log));
            if (found.find()) {
                return found.group(1);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("the daemon did not start: " + Files.readString(log));
    }

    private static HttpResponse<String> get(String address) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(address, e);
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
