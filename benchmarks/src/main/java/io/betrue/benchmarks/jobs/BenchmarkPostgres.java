package io.betrue.benchmarks.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A PostgreSQL for one run: its default settings, so fsync is on, but for {@code shared_buffers} and {@code max_connections}; on 127.0.0.1 only; stopped and deleted at the end. For
 * root, whom PostgreSQL refuses, it runs as nobody.
 */
public final class BenchmarkPostgres implements AutoCloseable {
    private static final int NOBODY = 65534;
    private static final int PATIENCE_SECONDS = 60;

    private final String password = UUID.randomUUID().toString();
    private final boolean root = System.getProperty("user.name").equals("root");
    private final Path folder;
    private final int port;
    private Process server;
    private final Thread atExit = new Thread(this::stop, "postgres-stop");

    private BenchmarkPostgres(Path parent) throws IOException {
        folder = Files.createTempDirectory(parent, "jobs-benchmark-");
        port = freePort();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        unpack();
        Path passwordFile = Files.writeString(folder.resolve("password"), password);
        Path data = Files.createDirectory(folder.resolve("data"));
        if (root) {
            Files.setAttribute(passwordFile, "unix:uid", NOBODY);
            Files.setAttribute(data, "unix:uid", NOBODY);
        }
        Process initdb = start(
                "initdb",
                "-D",
                data.toString(),
                "-U",
                "postgres",
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale=C");
        if (await(initdb) != 0) {
            throw new IOException("initdb failed: " + log());
        }
        server = serve();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private Process serve() throws IOException {
        return start(
                "postgres",
                "-D",
                folder.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "shared_buffers=256MB",
                "-c",
                "max_connections=200"); // a pool of 24 for each system
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param parent where its folder is made; on a disk, for a fsync in memory costs nothing
     */
    public static BenchmarkPostgres start(Path parent) throws IOException {
        BenchmarkPostgres postgres = new BenchmarkPostgres(parent);
        postgres.awaitAnswer();
        return postgres;
    }

    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                String log = log();
                close();
                throw new IOException("PostgreSQL does not start: " + log);
            }
        }
    }

    /**
     * Stops the server and keeps its data.
     *
     * @param crash whether it drops everything, and has to recover when it comes back
     */
    public void halt(boolean crash) throws IOException {
        await(new ProcessBuilder("kill", crash ? "-QUIT" : "-INT", Long.toString(server.pid()))
                .inheritIO()
                .start());
        await(server);
    }

    /** Starts the server again, on the same port, and waits until it answers. */
    public void resume() throws IOException {
        server = serve();
        awaitAnswer();
    }

    /** {@return the address of a new database, for JDBC} */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres&password=" + password;
    }

    /** {@return the address of a database for programs other than Java's} */
    String url(String database) {
        return "postgres://postgres:" + password + "@127.0.0.1:" + port + "/" + database;
    }

    /** Runs a statement outside of any transaction. */
    public void execute(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("the database refused \"" + sql + "\": " + e.getMessage(), e);
        }
    }

    /** {@return its version and what of its settings matters here} */
    public String describe() {
        return text(
                "postgres",
                "select 'PostgreSQL ' || current_setting('server_version') || ', '"
                        + " || string_agg(name || ' ' || current_setting(name), ', ' order by name) from pg_settings where name in"
                        + " ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size', 'autovacuum')");
    }

    /** {@return what a query for one number answers, asked in a database that no system uses} */
    long number(String query) {
        return number("postgres", query);
    }

    /** {@return the first column of the first row of a query in a database} */
    long number(String database, String query) {
        return Long.parseLong(text(database, query));
    }

    private String text(String database, String query) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(database));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the database refused \"" + query + "\": " + e.getMessage(), e);
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres") + "&connectTimeout=1")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            pause();
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void unpack() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        String archive = "/postgres-" + system + "-" + machine + ".txz";
        try (InputStream packed = BenchmarkPostgres.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new IOException(
                        "there is no PostgreSQL for this machine: " + archive + " is not on the class path");
            }
            TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, folder.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true, false)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    private Process start(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return builder.start();
    }

    private static int await(Process process) {
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return -1;
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
    }

    /** Stops the server, which rolls back what is open, and deletes it. */
    private void stop() {
        try {
            await(new ProcessBuilder("kill", "-INT", Long.toString(server.pid()))
                    .inheritIO()
                    .start());
            await(server);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL in " + folder + " cannot be cleared away: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
    }
}
