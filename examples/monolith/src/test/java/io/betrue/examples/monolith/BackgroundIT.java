package io.betrue.examples.monolith;

import static io.betrue.examples.monolith.Problems.assertInvalid;
import static io.betrue.examples.monolith.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged application does in the background, inside and beside it. */
class BackgroundIT {
    private static final String EUROS = "{\"currency\": \"EUR\"}";
    private static final String DEPOSIT = "{\"currency\": \"EUR\", \"amount\": \"10.50\"}";

    @TempDir
    Path directory;

    @Test
    void sendsAnOrderedStatementAndRefusesOthers() throws Exception {
        Map<String, String> noLetters = Map.of("ACCOUNTS_CONFIRMATION", "off"); // their addresses would be in the log
        try (MonolithProcess monolith = MonolithProcess.start(directory, noLetters)) {
            User user = User.registered(monolith);
            user.ask("ledger/deposit", DEPOSIT);
            JsonNode ordered = user.ask("ledger/statement", EUROS);
            assertThat(ordered.get("queued").asBoolean()).isTrue();
            monolith.awaitOutput(mail(ordered));
            monolith.awaitOutput("deposit     10.50, then 10.50");
            assertThat(monolith.output()).contains("Balance: 10.50 EUR").doesNotContain(user.email(), user.token());

            assertProblem(user.post("ledger/statement", "{\"currency\": \"XXX\"}"), 422, "UNKNOWN_CURRENCY");
            assertInvalid(user.post("ledger/statement", "{}"), "/currency");
            assertProblem(monolith.post("ledger/statement", EUROS), 401, "UNAUTHENTICATED");
        }
    }

    @Test
    void keepsOneOrderOverARestart() throws Exception {
        JsonNode ordered;
        String email;
        try (MonolithProcess idle = MonolithProcess.start(directory, Map.of("JOBS_WORKER", "off"))) {
            User user = User.registered(idle);
            email = user.email();
            ordered = user.ask("ledger/statement", EUROS);
            JsonNode again = user.ask("ledger/statement", EUROS);
            assertThat(ordered.get("queued").asBoolean()).isTrue();
            assertThat(again.get("queued").asBoolean()).isFalse();
            assertThat(again.get("job")).isEqualTo(ordered.get("job"));
            assertThat(idle.output()).doesNotContain(mail(ordered));
        }
        try (MonolithProcess monolith = MonolithProcess.start(directory, Map.of())) {
            monolith.awaitOutput(mail(ordered));
            User user = User.signedIn(monolith, email);
            Eventually.holds(
                    () -> user.ask("ledger/statement", EUROS).get("queued").asBoolean(), "a new order makes a new job");
            assertThat(monolith.output().split(Pattern.quote(mail(ordered)), -1))
                    .hasSize(2);
        }
    }

    @Test
    void finishesARunningJobBeforeItStops() throws Exception {
        MonolithProcess monolith = MonolithProcess.start(directory, Map.of());
        User user = User.registered(monolith);
        JsonNode ordered;
        try (Connection lock = connection(monolith);
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table ledger.postings in access exclusive mode");
            ordered = user.ask("ledger/statement", EUROS);
            Eventually.holds(() -> hasWaiter(statement), "the job waits for the lock");
            monolith.signal("TERM");
            monolith.awaitOutput("Stopping");
            Eventually.holds(() -> !accepts(monolith), "the doors are closed");
            assertThat(monolith.output()).doesNotContain(mail(ordered));
            lock.commit();
        }
        assertThat(monolith.awaitExit()).isZero();
        assertThat(monolith.output()) // the worker has nothing to add: no job is left to run again
                .containsPattern(
                        "(?s)Stopping.*" + mail(ordered) + ".*Worker \\S+ has stopped\\R.*PostgreSQL has stopped");
    }

    @Test
    void letsAProcessBesideItDoTheWork() throws Exception {
        try (MonolithProcess monolith = MonolithProcess.start(directory, Map.of("JOBS_WORKER", "off"))) {
            Map<String, String> database = Map.of(
                    "JOBS_DATABASE_URL",
                    "jdbc:postgresql://127.0.0.1:" + monolith.postgresPort() + "/postgres",
                    "JOBS_DATABASE_USER",
                    "postgres",
                    "JOBS_DATABASE_PASSWORD",
                    monolith.postgresPassword(),
                    "JOBS_PORT",
                    "0",
                    "METRICS_PORT",
                    "0");
            MonolithProcess beside = MonolithProcess.launchDaemon(directory, database, "run", "--connections", "10");
            beside.awaitOutput("jobs: running");
            JsonNode ordered = User.registered(monolith).ask("ledger/statement", EUROS);
            beside.awaitOutput(mail(ordered));
            assertThat(monolith.output()).doesNotContain(mail(ordered));
            Eventually.holds(
                    () -> metrics(beside).contains("messaging_client_consumed_messages_total{"),
                    "the end of a job is counted");
            assertThat(metrics(beside))
                    .contains(
                            "service_name=\"jobs\"",
                            "jvm_memory_used_bytes{",
                            "jvm_thread_count{",
                            "messaging_process_duration_seconds_count{",
                            "db_client_operation_duration_seconds_count{",
                            "betrue_jobs_queue_jobs{");

            MonolithProcess schedules = MonolithProcess.launchDaemon(directory, database, "schedules");
            assertThat(schedules.awaitExit()).as(schedules.errors()).isZero();
            assertThat(schedules.output()).contains("ledger-reconciliation", "0 3 * * *");

            beside.signal("TERM");
            assertThat(beside.awaitExit()).isZero();
        }
    }

    private static String metrics(MonolithProcess process) throws Exception {
        Matcher at = Pattern.compile("Metrics at (http:\\S+)").matcher(process.output());
        assertThat(at.find()).as(process.output()).isTrue();
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(at.group(1))).build(), BodyHandlers.ofString())
                .body();
    }

    private static String mail(JsonNode ordered) {
        return "mail statement-" + ordered.get("job").asText() + " to ";
    }

    private static Connection connection(MonolithProcess monolith) throws Exception {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + monolith.postgresPort() + "/postgres",
                "postgres",
                monolith.postgresPassword());
    }

    private static boolean accepts(MonolithProcess monolith) throws Exception {
        try {
            return monolith.get("/health/live").statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    private static boolean hasWaiter(Statement statement) throws Exception {
        try (ResultSet rows = statement.executeQuery("select count(*) from pg_locks where not granted")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }
}
