package io.betrue.examples.monolith;

import static io.betrue.examples.monolith.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.localservers.EmbeddedPostgres;
import io.betrue.localservers.EmbeddedPostgresOptions;
import io.betrue.localservers.SharedBinaries;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application with settings, arguments and databases of all kinds. */
class StartIT {
    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @TempDir
    Path directory;

    @Test
    void refusesUnknownArgument() throws Exception {
        MonolithProcess monolith = MonolithProcess.launch(directory, Map.of(), "--emphemeral");
        assertThat(monolith.awaitExit()).isEqualTo(2);
        assertThat(monolith.errors()).contains("\"--emphemeral\"").contains("--help");
    }

    @Test
    void explainsItself() throws Exception {
        MonolithProcess monolith = MonolithProcess.launch(directory, Map.of(), "--help");
        assertThat(monolith.awaitExit()).isZero();
        assertThat(monolith.output()).contains("--ephemeral").contains("docs/envs.md");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void bringsTablesUpToDateAndEnds() throws Exception {
        SharedBinaries.linkInto(directory.resolve(".data/postgres"));
        for (int run = 0; run < 2; run++) { // the second finds nothing to do
            MonolithProcess migration = MonolithProcess.launch(directory, Map.of(), "migrate");
            assertThat(migration.awaitExit()).as(migration.errors()).isZero();
            assertThat(migration.output()).contains("The tables are up to date.");
        }
    }

    @Test
    void namesEveryWrongSettingAtOnceAndNoSecret() throws Exception {
        MonolithProcess monolith = MonolithProcess.launch(
                directory,
                Map.of(
                        "HTTP_PORT",
                        "80a",
                        "STOP_TIMEOUT",
                        "20",
                        "DATABASE_URL",
                        "mysql://root:hunter2@localhost/x",
                        "MAIL_SERVERS",
                        "http://mail:hunter2@localhost"));
        assertThat(monolith.awaitExit()).isEqualTo(1);
        assertThat(monolith.errors())
                .contains("HTTP_PORT", "80a", "STOP_TIMEOUT", "DATABASE_URL", "MAIL_SERVERS")
                .doesNotContain("hunter2", "\tat ");
    }

    @Test
    void wantsKeyForTokensAndMailServersInProd() throws Exception {
        MonolithProcess monolith = MonolithProcess.launch(directory, Map.of("APP_PROFILE", "prod"));
        assertThat(monolith.awaitExit()).isEqualTo(1);
        assertThat(monolith.errors()).contains("ACCOUNTS_TOKEN_SECRET", "MAIL_SERVERS");
    }

    @Test
    void givesUpOnDatabaseThatNeverComes() throws Exception {
        String url = "postgres://app:hunter2@127.0.0.1:" + freePort() + "/money";
        MonolithProcess monolith =
                MonolithProcess.launch(directory, Map.of("DATABASE_URL", url, "DATABASE_START_TIMEOUT", "1s"));
        assertThat(monolith.awaitExit()).isEqualTo(1);
        assertThat(monolith.errors()).contains("cannot be used", "/money").doesNotContain("hunter2", "\tat ");
    }

    @Test
    void stopsInGoodOrderWhileItWaitsForDatabase() throws Exception {
        String url = "postgres://app@127.0.0.1:" + freePort() + "/money";
        MonolithProcess monolith = MonolithProcess.launch(directory, Map.of("DATABASE_URL", url));
        monolith.awaitOutput("Waiting for the database");
        monolith.signal("TERM");
        assertThat(monolith.awaitExit()).isZero();
        assertThat(monolith.output() + monolith.errors()).contains("Stopped").doesNotContain("\tat ");
    }

    @Test
    void servesOnGivenDatabaseThatComesLateAndGoesAndComesBack() throws Exception {
        int port = freePort();
        EmbeddedPostgresOptions options =
                new EmbeddedPostgresOptions(directory.resolve("server"), port, true, Duration.ofSeconds(30));
        EmbeddedPostgres server = EmbeddedPostgres.claim(options);
        Map<String, String> settings = Map.of(
                "APP_PROFILE",
                "prod",
                "ACCOUNTS_TOKEN_SECRET",
                KEY,
                "MAIL_SERVERS",
                "smtp://127.0.0.1:1?tls=off",
                "DATABASE_URL",
                "postgres://postgres:" + server.password() + "@127.0.0.1:" + port + "/postgres",
                "DATABASE_WAIT",
                "500ms");
        try (MonolithProcess monolith = MonolithProcess.launch(directory, settings)) {
            assertUnavailable(monolith, "starting");
            assertThat(monolith.get("/health/live").statusCode()).isEqualTo(200);
            server.start();
            monolith.awaitReady();
            assertThat(monolith.get("/health/ready").statusCode()).isEqualTo(200);
            User user = User.registered(monolith);
            server.close();
            Eventually.holds(() -> monolith.get("/health/ready").statusCode() == 503, "it is not ready");
            assertUnavailable(monolith, "no database");
            server = EmbeddedPostgres.claim(options);
            server.start();
            Eventually.holds(() -> monolith.get("/health/ready").statusCode() == 200, "it is ready again");
            Eventually.holds(() -> user.post("ledger/balance", "{}").statusCode() == 200, "the ledger answers");
            assertLinesAreJson(monolith);
        } finally {
            server.close();
        }
    }

    private static void assertUnavailable(MonolithProcess monolith, String reason) throws Exception {
        HttpResponse<String> ready = monolith.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains(reason);
        HttpResponse<String> refused = monolith.post("accounts/recover", User.address("late@example.org"));
        assertProblem(refused, 503, "UNAVAILABLE");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    }

    private static void assertLinesAreJson(MonolithProcess monolith) throws Exception {
        ObjectMapper json = new ObjectMapper();
        for (String line : monolith.output().lines().toList()) {
            JsonNode entry = json.readTree(line);
            assertThat(entry.has("formattedMessage")).as(line).isTrue();
            if (entry.get("loggerName").asText().equals("access")) {
                assertThat(entry.at("/mdc/traceId").asText()).as(line).matches("[0-9a-f]{32}");
            }
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
