package io.betrue.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server beside this process, restarted on the same port whenever it dies.
 *
 * <p>Its address is known before it runs, so that a pool can be built first. Safe for use by multiple threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int FIRST_PORT = 15432; // below the ports that systems give to outgoing connections
    private static final int PORTS = 1000;

    private final EmbeddedPostgresOptions options;
    private final DataFolder folder;
    private final String password;
    private final int port;
    private @Nullable Cluster cluster;
    private @Nullable Watchdog watchdog;
    private volatile @Nullable Postmaster postmaster;
    private volatile boolean closed;

    private EmbeddedPostgres(EmbeddedPostgresOptions options, DataFolder folder) throws IOException {
        this.options = options;
        this.folder = folder;
        this.password = folder.password();
        this.port = options.port() == 0 ? freePort() : options.port();
    }

    /**
     * Takes a folder for a server that is not started yet.
     *
     * @param options where and how
     * @return the server to start
     * @throws EmbeddedPostgresException if the folder cannot be written to, or another process works on it
     */
    public static EmbeddedPostgres claim(EmbeddedPostgresOptions options) {
        DataFolder folder = DataFolder.claim(options.folder());
        try {
            return new EmbeddedPostgres(options, folder);
        } catch (IOException e) {
            throw new EmbeddedPostgresException("the data folder " + folder.path() + " cannot be used: " + e, e);
        }
    }

    private static int freePort() throws IOException {
        SecureRandom random = new SecureRandom();
        for (int attempt = 0; attempt < 50; attempt++) {
            int candidate = FIRST_PORT + random.nextInt(PORTS);
            try (ServerSocket free = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                log.debug("port {} is taken", candidate);
            }
        }
        throw new IOException("no free port was found from " + FIRST_PORT + " on");
    }

    /** {@return the JDBC address of its database, without user and password} */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** {@return the name of its only role} */
    public String user() {
        return Cluster.USER;
    }

    /** {@return the password of its only role} */
    public String password() {
        return password;
    }

    /**
     * Has the server end with this process, however that ends: without it, it outlives a killed process, until the next start. To be called before the start.
     *
     * @return this server
     */
    public synchronized EmbeddedPostgres endingWithThisProcess() {
        if (watchdog == null) {
            watchdog = Watchdog.sending("QUIT", options.kept() ? null : folder.path());
        }
        return this;
    }

    /**
     * Starts the server and waits until it answers; a server left over from a killed process is stopped first. From
     * then on a daemon thread starts it again when it dies.
     *
     * @throws EmbeddedPostgresException if it does not answer in time, with its own words
     */
    public synchronized void start() {
        if (closed || cluster != null) {
            throw new IllegalStateException("an embedded PostgreSQL starts once");
        }
        try {
            cluster = Cluster.prepare(folder, options.kept(), options.patience());
            launch(cluster);
        } catch (IOException | UncheckedIOException e) {
            throw new EmbeddedPostgresException("PostgreSQL cannot be started in " + folder.path() + ": " + e, e);
        }
        Thread guard = new Thread(this::guard, "postgres-guard");
        guard.setDaemon(true);
        guard.start();
    }

    private void launch(Cluster prepared) throws IOException {
        Postmaster launched = prepared.launch(port, options.kept());
        postmaster = launched;
        if (watchdog != null) {
            watchdog.watch(launched.pid());
        }
        long deadline = System.nanoTime() + options.patience().toNanos();
        while (!accepts()) {
            if (closed || !launched.isAlive() || System.nanoTime() > deadline) {
                launched.stop(options.patience());
                throw new EmbeddedPostgresException("PostgreSQL does not start in " + folder.path()
                        + "; the end of its log: " + launched.lastWords());
            }
            pause(FIRST_PAUSE);
        }
        log.info("PostgreSQL runs as process {} on port {} with its data in {}", launched.pid(), port, folder.path());
    }

    private boolean accepts() {
        try (Connection connection = DriverManager.getConnection(jdbcUrl() + "?connectTimeout=1", user(), password)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private void guard() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            long from = System.nanoTime();
            awaitEnd();
            boolean lasted = System.nanoTime() - from > LONGEST_PAUSE.toNanos();
            pause(pause);
            pause = lasted ? FIRST_PAUSE : longer(pause);
            restart();
        }
    }

    private void awaitEnd() {
        Postmaster current = postmaster;
        if (current == null) {
            return; // the last attempt to start failed
        }
        try {
            int status = current.waitFor();
            if (!closed) {
                log.warn("PostgreSQL (process {}) ended with status {}; starting it again", current.pid(), status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void restart() {
        if (closed || cluster == null) {
            return;
        }
        try {
            launch(cluster);
        } catch (IOException | EmbeddedPostgresException e) {
            postmaster = null;
            log.error("PostgreSQL cannot be started again, another attempt follows: {}", e.getMessage());
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private static void pause(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the server at once, for an end that must not wait. What was committed is there at the next start. */
    public void abort() {
        closed = true;
        Postmaster current = postmaster;
        if (current != null) {
            current.abort();
        }
    }

    /** Stops the server, rolling back what is open, and gives the folder back. Work in flight fails. */
    @Override
    public void close() {
        closed = true; // before the lock: the guard must not start what is about to stop
        synchronized (this) {
            Postmaster current = postmaster;
            if (current != null) {
                current.stop(options.patience());
                postmaster = null;
            }
            try {
                if (watchdog != null) {
                    watchdog.forget();
                    watchdog.close();
                    watchdog = null;
                }
                folder.close();
                if (!options.kept()) {
                    DataFolder.deleteTree(folder.path());
                }
            } catch (IOException | UncheckedIOException | IllegalStateException e) {
                log.warn("the data folder {} cannot be cleared: {}", folder.path(), e.toString());
            }
        }
    }
}
