package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged application starts, stops and survives. */
class LifecycleIT {
    private static final String ONE_EURO = "{\"currency\": \"EUR\", \"amount\": \"1\"}";

    /** Its bit in the kernel's sets of signals. */
    private static final long SIGINT = 1L << 1;

    @TempDir
    Path directory;

    @Test
    void finishesRequestsInFlightAfterSigterm() throws Exception {
        MonolithProcess monolith = MonolithProcess.start(directory, Map.of("STOP_PAUSE", "1s"));
        User user = User.registered(monolith);
        CompletableFuture<HttpResponse<String>> slow;
        try (Connection lock = lockLedger(monolith)) {
            slow = depositLater(monolith, user);
            awaitWaiter(lock);
            monolith.signal("TERM");
            monolith.awaitOutput("Stopping");
            HttpResponse<String> ready = monolith.get("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("draining");
            assertThat(ready.headers().firstValue("Connection"))
                    .as("callers are told to connect anew, elsewhere")
                    .contains("close");
            assertThat(monolith.get("/health/live").statusCode()).isEqualTo(200);
            lock.commit();
        }
        assertThat(slow.get(30, TimeUnit.SECONDS).body()).isEqualTo("{\"currency\":\"EUR\",\"balance\":\"1.00\"}");
        assertThat(monolith.awaitExit()).isZero();
        assertThat(directory.resolve(".data/postgres/cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void finishesRequestThatIsStillBusyWhenTheDoorsClose() throws Exception {
        MonolithProcess monolith = MonolithProcess.start(directory, Map.of());
        User user = User.registered(monolith);
        CompletableFuture<HttpResponse<String>> slow;
        try (Connection lock = lockLedger(monolith)) {
            slow = depositLater(monolith, user);
            awaitWaiter(lock);
            monolith.signal("TERM");
            Eventually.holds(() -> !accepts(monolith), "the port is closed");
            assertThat(slow).as(() -> answer(slow) + monolith.output()).isNotDone();
            lock.commit();
        }
        assertThat(slow.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(monolith.awaitExit()).isZero();
    }

    @Test
    void stopsOnCtrlC() throws Exception {
        MonolithProcess monolith = MonolithProcess.start(directory, Map.of());
        monolith.signal("INT");
        if (ignoresCtrlC()) {
            monolith.signal("TERM"); // who is born deaf to SIGINT, as children of a background shell are, stays so
        }
        assertThat(monolith.awaitExit()).isZero();
        assertThat(monolith.output()).contains("Stopped");
    }

    @Test
    void endsAtOnceOnSecondSigterm() throws Exception {
        MonolithProcess monolith = MonolithProcess.start(directory, Map.of());
        User user = User.registered(monolith);
        long postgres = monolith.postgresPid();
        try (Connection lock = lockLedger(monolith)) {
            CompletableFuture<HttpResponse<String>> slow = depositLater(monolith, user);
            awaitWaiter(lock);
            monolith.signal("TERM");
            monolith.awaitOutput("Stopping");
            monolith.signal("TERM");
            assertThat(monolith.awaitExit()).isEqualTo(1);
            assertThat(slow).failsWithin(10, TimeUnit.SECONDS);
        }
        Eventually.holds(() -> ProcessHandle.of(postgres).isEmpty(), "PostgreSQL has ended");
    }

    @Test
    void cutsRequestsOffWhenTheStopTakesTooLong() throws Exception {
        MonolithProcess monolith = MonolithProcess.start(directory, Map.of("STOP_TIMEOUT", "1s"));
        User user = User.registered(monolith);
        try (Connection lock = lockLedger(monolith)) {
            CompletableFuture<HttpResponse<String>> slow = depositLater(monolith, user);
            awaitWaiter(lock);
            monolith.signal("TERM");
            assertThat(monolith.awaitExit()).isEqualTo(1);
            assertThat(slow.handle((answer, lost) -> lost == null ? answer.statusCode() : 503))
                    .as("no answer, or one that leaves open whether the money came")
                    .succeedsWithin(10, TimeUnit.SECONDS)
                    .isEqualTo(503);
        }
    }

    @Test
    void losesNothingWhenKilled() throws Exception {
        MonolithProcess killed = MonolithProcess.start(directory, Map.of());
        User user = User.registered(killed);
        user.ask("ledger/deposit", ONE_EURO);
        long leftOver = killed.postgresPid();
        killed.signal("KILL");
        assertThat(killed.awaitExit()).isEqualTo(137);
        assertThat(ProcessHandle.of(leftOver)).isPresent();
        try (MonolithProcess again = MonolithProcess.start(directory, Map.of())) {
            assertThat(again.post("ledger/balance", "{}", "Authorization", "Bearer " + user.token())
                            .body())
                    .contains("\"1.00\"");
            assertThat(again.postgresPid()).isNotEqualTo(leftOver);
        }
    }

    @Test
    void recoversWhenItsPostgresIsKilled() throws Exception {
        try (MonolithProcess monolith = MonolithProcess.start(directory, Map.of())) {
            User user = User.registered(monolith);
            user.ask("ledger/deposit", ONE_EURO);
            MonolithProcess.signal("KILL", monolith.postgresPid());
            monolith.awaitOutput("starting it again");
            Eventually.holds(() -> user.post("ledger/balance", "{}").statusCode() == 200, "the ledger answers");
            assertThat(user.post("ledger/balance", "{}").body()).contains("\"1.00\"");
            Eventually.holds(() -> monolith.get("/health/ready").statusCode() == 200, "it is ready");
        }
    }

    @Test
    void forgetsWhenEphemeral() throws Exception {
        try (MonolithProcess monolith = MonolithProcess.start(directory, Map.of(), "--ephemeral")) {
            User.registered(monolith).ask("ledger/deposit", ONE_EURO);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesFolderThatAnotherMonolithUses() throws Exception {
        try (MonolithProcess first = MonolithProcess.start(directory, Map.of())) {
            MonolithProcess second = MonolithProcess.launch(directory, Map.of());
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.errors())
                    .contains("is in use by process " + first.pid())
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void refusesFolderThatCannotBeMade() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        MonolithProcess monolith = MonolithProcess.launch(directory, Map.of("DATA_DIR", file.toString()));
        assertThat(monolith.awaitExit()).isEqualTo(1);
        assertThat(monolith.errors()).contains(file.toString()).doesNotContain("\tat ");
    }

    private static Connection lockLedger(MonolithProcess monolith) throws Exception {
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + monolith.postgresPort() + "/postgres",
                "postgres",
                monolith.postgresPassword());
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    do $$ declare t text; begin
                      for t in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'ledger' loop
                        execute 'lock table ' || t || ' in access exclusive mode';
                      end loop;
                    end $$""");
        }
        return connection;
    }

    private static CompletableFuture<HttpResponse<String>> depositLater(MonolithProcess monolith, User user)
            throws Exception {
        return monolith.sendAsync(
                HttpRequest.newBuilder()
                        .POST(BodyPublishers.ofString(ONE_EURO))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + user.token()),
                "/api/ledger/deposit");
    }

    private static void awaitWaiter(Connection connection) {
        Eventually.holds(() -> hasWaiter(connection), "a request waits for the lock");
    }

    private static boolean hasWaiter(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select count(*) from pg_locks waiting join pg_class c on c.oid = waiting.relation
                        where not waiting.granted and c.relnamespace = 'ledger'::regnamespace""")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }

    private static boolean accepts(MonolithProcess monolith) throws Exception {
        URI url = URI.create(monolith.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Whether this process, and so its children, was started to ignore SIGINT; only Linux tells. */
    private static boolean ignoresCtrlC() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.notExists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(line.indexOf('\t') + 1), 16))
                    .anyMatch(ignored -> (ignored & SIGINT) != 0);
        }
    }

    private static String answer(CompletableFuture<HttpResponse<String>> request) {
        return request.isDone()
                ? request.join().statusCode() + " " + request.join().body() + "\n"
                : "";
    }
}
