package io.betrue.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @BeforeEach
    void linkBinaries() throws Exception {
        SharedBinaries.linkInto(folder);
    }

    @Test
    void keepsItsDataBetweenRunsOnlyWhenAsked() throws Exception {
        try (EmbeddedPostgres server = claim(true)) {
            server.start();
            execute(server, "create table kept (n int); insert into kept values (1)");
            assertThat(query(server, "show fsync")).isEqualTo("on");
        }
        EmbeddedPostgres again = claim(false);
        again.start();
        assertThat(query(again, "select n from kept")).isEqualTo("1");
        again.close();
        again.close();
        assertThat(folder.resolve("cluster")).doesNotExist();
    }

    @Test
    void unpacksItsProgramsWhereThereAreNone(@TempDir Path fresh) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.claim(new EmbeddedPostgresOptions(fresh, 0, false, PATIENCE))) {
            server.start();
            assertThat(query(server, "show server_version_num")).startsWith("18");
        }
        assertThat(fresh).doesNotExist();
    }

    @Test
    void replacesServerLeftOverFromKilledProcess() throws Exception {
        long leftOver;
        try (DataFolder claimed = DataFolder.claim(folder)) {
            claimed.password();
            Cluster cluster = Cluster.prepare(claimed, true, PATIENCE);
            leftOver = cluster.launch(17_399, true).pid();
        }
        try (EmbeddedPostgres server = claim(true)) {
            server.start();
            assertThat(query(server, "select 1")).isEqualTo("1");
        }
        assertThat(ProcessHandle.of(leftOver).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void replacesServerLeftOverThatHasNotWrittenItsNumber() throws Exception {
        long leftOver;
        try (DataFolder claimed = DataFolder.claim(folder)) {
            claimed.password();
            Postmaster running = Cluster.prepare(claimed, true, PATIENCE).launch(17_398, true);
            leftOver = running.pid();
            await(() -> running.lastWords().contains("ready to accept"));
        }
        Files.delete(folder.resolve("cluster/postmaster.pid"));
        try (EmbeddedPostgres server = claim(true)) {
            server.start();
            assertThat(ProcessHandle.of(leftOver).filter(ProcessHandle::isAlive))
                    .isEmpty();
        }
    }

    @Test
    void leavesOtherServersAlone(@TempDir Path other) throws Exception {
        SharedBinaries.linkInto(other);
        try (EmbeddedPostgres neighbour =
                EmbeddedPostgres.claim(new EmbeddedPostgresOptions(other, 0, true, PATIENCE))) {
            neighbour.start();
            try (EmbeddedPostgres server = claim(true)) {
                server.start();
            }
            // as after a restart of the machine, when numbers begin again
            Files.copy(other.resolve("cluster/postmaster.pid"), folder.resolve("cluster/postmaster.pid"));
            try (EmbeddedPostgres server = claim(true)) {
                server.start();
                assertThat(query(server, "select 1")).isEqualTo("1");
            }
            assertThat(query(neighbour, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void startsAlthoughNumberOfDeadServerNowBelongsToAnotherProgram() throws Exception {
        try (EmbeddedPostgres server = claim(true)) {
            server.start();
        }
        Files.writeString(
                folder.resolve("cluster/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("cluster") + "\n");
        try (EmbeddedPostgres server = claim(true)) {
            server.start();
            assertThat(query(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void comesBackOnSamePortAfterItWasKilled() throws Exception {
        try (EmbeddedPostgres server = claim(true)) {
            server.start();
            execute(server, "create table kept (n int); insert into kept values (7)");
            long pid = pid();
            assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
            ProcessHandle.of(pid)
                    .map(ProcessHandle::onExit)
                    .ifPresent(exit -> exit.orTimeout(10, TimeUnit.SECONDS).join());
            @Nullable String n = null;
            for (long end = System.nanoTime() + PATIENCE.toNanos(); n == null && System.nanoTime() < end; ) {
                n = queryOrNull(server, "select n from kept");
            }
            assertThat(n).isEqualTo("7");
        }
    }

    @Test
    void refusesFolderThatIsInUse() {
        try (EmbeddedPostgres first = claim(true)) {
            assertThatThrownBy(() -> claim(true))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining(folder.toString());
            assertThat(first.user()).isEqualTo("postgres");
        }
    }

    @Test
    void refusesFolderThatCannotBeMade() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() ->
                        EmbeddedPostgres.claim(new EmbeddedPostgresOptions(file.resolve("below"), 0, true, PATIENCE)))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("cannot be written to");
    }

    @Test
    void saysInItsOwnWordsWhyItDoesNotStart() throws Exception {
        try (EmbeddedPostgres server = claim(true)) {
            server.start();
        }
        Files.delete(folder.resolve("cluster/global/pg_control"));
        try (EmbeddedPostgres server = claim(true)) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("pg_control");
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private EmbeddedPostgres claim(boolean kept) {
        return EmbeddedPostgres.claim(new EmbeddedPostgresOptions(folder, 0, kept, PATIENCE));
    }

    private long pid() throws Exception {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("cluster/postmaster.pid")).get(0));
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static @Nullable String queryOrNull(EmbeddedPostgres server, String sql) {
        try {
            return query(server, sql);
        } catch (SQLException e) {
            return null;
        }
    }

    private static Connection connect(EmbeddedPostgres server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
    }
}
