package io.betrue.jobs.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.Backoff;
import io.betrue.jobs.Cron;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.testsupport.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands of the program, and what they say to wrong ones; {@link EchoApplication} is on the class path. */
class JobDaemonIT {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    private record Ran(int status, String out, String err) {}

    private static Ran ran(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.isEmpty() && !all.contains("--url") && !all.contains("--version")) {
            all.addAll(List.of("--url", DATABASE.jdbcUrl()));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine program = JobsCommand.commandLine();
        int status = program.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(new String[0]));
        return new Ran(status, out.toString(), err.toString());
    }

    // tag::application[]
    public static final class EchoApplication implements JobApplication {
        record Echo(String text, long millis) {}

        static final JobType<Echo> ECHO =
                JobType.of("echo", Echo.class).retries(Backoff.constant(Duration.ofMinutes(1)), 7);

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
            "enqueue",
            "mail",
            "{\"to\":\"ann\"}",
            "--force",
            "--key",
            "k",
            "--tag",
            "a",
            "--tag",
            "b",
            "--schema",
            "cli"
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    2 |                              | a command is missing
                    2 | nonsense                     | nonsense
                    2 | show abc                     | abc
                    2 | show 99999999999999999999    | 99999999999999999999
                    2 | list --limit 0               | limit must be 1 to 1000, was 0
                    2 | list --state gone            | expected one of [QUEUED
                    2 | reschedule 1 --in soon       | 'soon' is no duration such as 500ms
                    2 | retry                        | ID
                    2 | pause b:/!                   | queue must be 1 to 100 letters
                    2 | status --schema Up           | schema must be 1 to 48 lower-case letters
                    2 | schedules --pause a --remove a | mutually exclusive
                    2 | run --port 65536             | port must be 0 to 65535, was 65536
                    2 | run --connections 2          | connections must be at least 3, was 2
                    2 | run --queue default          | QUEUE=SLOTS
                    2 | status --url http://x        | it looks like jdbc:postgresql://host/database
                    4 | status --url jdbc:postgresql://127.0.0.1:1/shop | the database does not answer
                    4 | status --url jdbc:postgresql://127.0.0.1:1/shop?password=hidden | the database does not answer
                    1 | status --schema nowhere      | are the tables there, and up to date?
                    """)
    void saysInALineWhatIsWrong(int status, @Nullable String arguments, String message) throws Exception {
        PostgresJobs.migrate(DATABASE.dataSource(), "jobs");
        Ran ran = ran(arguments == null ? new String[0] : arguments.split(" "));
        assertThat(ran.status()).as(ran.err()).isEqualTo(status);
        assertThat(ran.err()).startsWith("jobs: ").contains(message).doesNotContain("\tat ", "hidden", "Exception:");
        assertThat(ran.err().lines().count()).as(ran.err()).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "HikariCP, status, com.zaxxer:HikariCP is missing on the class path",
        "flyway, migrate, org.flywaydb:flyway-database-postgresql is missing on the class path",
        "postgresql, status, org.postgresql:postgresql is missing on the class path",
        "jnats, nats, io.nats:jnats is missing on the class path"
    })
    void saysWhichLibraryIsMissing(String library, String command, String message) throws Exception {
        String rest = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches(library + "-.*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        rest,
                        JobDaemon.class.getName(),
                        command.equals("nats") ? "status" : command,
                        "--url",
                        command.equals("nats") ? "nats://127.0.0.1:1" : DATABASE.jdbcUrl())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isBetween(1, 2);
        assertThat(said).startsWith("jobs: ").contains(message).doesNotContain("\tat ");
    }

    @Test
    void saysWhatItCannotFindOrChange() {
        PostgresJobs.migrate(DATABASE.dataSource(), "absent");
        assertThat(ran("show", "999", "--schema", "absent")).isEqualTo(new Ran(3, "", "jobs: there is no job 999\n"));
        assertThat(ran("retry", "999", "--schema", "absent").status()).isEqualTo(3);
        assertThat(ran("schedules", "--remove", "x", "--schema", "absent").status())
                .isEqualTo(3);
    }

    @Test
    void helpsWithEveryCommand() {
        for (String command : JobsCommand.commandLine().getSubcommands().keySet()) {
            Ran help = ran(command, "--help");
            assertThat(help.status()).isZero();
            assertThat(help.out()).contains("Usage: jobs " + command, "JOBS_DATABASE_URL");
        }
        assertThat(ran("--version").out()).startsWith("toolkit-jobs ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    mail | {}                           | no handler for job type mail, only for echo; --force
                    echo | ``                           | JSON is empty
                    echo | {                            | not JSON: Unexpected end-of-input
                    echo | {} {}                        | not JSON
                    echo | null                         | payload of job type echo must not be null
                    echo | {"text":"a","milis":1}       | cannot be read as Echo: Unrecognized field "milis"
                    echo | {"text":"a","millis":"soon"} | cannot be read as Echo
                    """)
    void handsInOnlyWhatTheApplicationUnderstands(String type, String payload, String message) throws Exception {
        PostgresJobs.migrate(DATABASE.dataSource(), "checked");
        Ran ran = ran("enqueue", type, payload, "--schema", "checked");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).startsWith("jobs: ").contains(message);
        assertThat(ran("list", "--schema", "checked", "--json").out().strip()).isEqualTo("[ ]");
    }

    @Test
    void handsInAsTheApplicationTreatsItsTypes() {
        PostgresJobs.migrate(DATABASE.dataSource(), "treated");
        ran("enqueue", "echo", "{\"text\":\"a\"}", "--schema", "treated");
        ran("enqueue", "echo", "{\"text\":\"b\"}", "--attempts", "9", "--schema", "treated");
        assertThat(ran("list", "--schema", "treated").out()).contains("0/7", "0/9");
        assertThat(ran("enqueue", "mail", "{}", "--force", "--schema", "treated")
                        .status())
                .isZero();
        String huge = "{\"text\":\"" + "x".repeat(1024 * 1024) + "\"}";
        Ran refused = ran("enqueue", "echo", huge, "--schema", "treated");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("must have at most 1048576 characters")
                .doesNotContain("xxx");
    }

    @Test
    void handsInAJobForEachValueOnStandardInput() {
        PostgresJobs.migrate(DATABASE.dataSource(), "bulk");
        String values = "{\"text\":\"a\"}\n".repeat(250);
        Ran ran = fed(values, "enqueue", "echo", "-", "--schema", "bulk");
        assertThat(ran.status()).isZero();
        assertThat(ran.out().lines()).hasSize(250);
        assertThat(ran("status", "--schema", "bulk").out()).containsPattern("default +250 ");

        Ran broken = fed(values + "{\"txt\":1}", "enqueue", "echo", "-", "--schema", "bulk");
        assertThat(broken.status()).isEqualTo(2);
        assertThat(broken.err()).contains("(value 251; 200 jobs before it are handed in)");
        assertThat(broken.out().lines()).hasSize(200);
        assertThat(ran("status", "--schema", "bulk").out()).containsPattern("default +450 ");
        assertThat(fed("", "enqueue", "echo", "-", "--schema", "bulk")).isEqualTo(new Ran(0, "", ""));
    }

    private static Ran fed(String input, String... arguments) {
        InputStream own = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return ran(arguments);
        } finally {
            System.setIn(own);
        }
    }

    @Test
    void goesOnWithTablesOfANewerVersion() throws Exception {
        PostgresJobs.migrate(DATABASE.dataSource(), "newer");
        try (java.sql.Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into newer.flyway_history select 99, '99', 'more', type, 'V99__more.sql', checksum,"
                            + " installed_by, now(), 1, true from newer.flyway_history limit 1");
        }
        assertThat(ran("migrate", "--schema", "newer").status()).isZero();
        assertThat(ran("status", "--schema", "newer").status()).isZero();
    }

    @Test
    void saysWhatTheDatabaseRefuses() throws Exception {
        try (java.sql.Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role visitor login");
        }
        String visitor = DATABASE.jdbcUrl().replace("user=postgres", "user=visitor");
        Ran ran = ran("migrate", "--schema", "refused", "--url", visitor);
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("permission denied").doesNotContain("\tat ");
    }
}
