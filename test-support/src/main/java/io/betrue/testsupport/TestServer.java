package io.betrue.testsupport;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The one PostgreSQL of a test run, started by its first use and stopped by the library's shutdown hook.
 *
 * <p>Safe for use by multiple threads.
 */
final class TestServer {
    private static final String USER = "postgres";

    private static @Nullable TestServer shared;
    private static @Nullable String failure;

    private final EmbeddedPostgres postgres;
    private final Map<String, String> templates = new ConcurrentHashMap<>();
    private final AtomicInteger copies = new AtomicInteger();

    private TestServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts the server unless it runs. A failure is remembered: a second class would only wait for it again.
     *
     * @throws IllegalStateException if it does not start, with what to do about it
     */
    static synchronized TestServer shared() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        if (shared == null) {
            try {
                shared = new TestServer(start());
            } catch (IOException | RuntimeException e) {
                failure = StartAdvice.forFailure(e);
                throw new IllegalStateException(failure, e);
            }
        }
        return shared;
    }

    private static EmbeddedPostgres start() throws IOException {
        if (!RootStart.isNeeded()) {
            return builder(binaries("")).start();
        }
        Path binaries = binaries("-unprivileged");
        if (!RootStart.wrap(binaries)) {
            unpack(binaries);
            RootStart.wrap(binaries);
        }
        return builder(binaries).setDataDirectory(RootStart.dataDirectory()).start();
    }

    /** Lets the library unpack the server, which it only does on the way to a start; as root that start must fail. */
    private static void unpack(Path binaries) throws IOException {
        try {
            builder(binaries).start().close();
        } catch (IllegalStateException expected) {
            LoggerFactory.getLogger(TestServer.class).debug("PostgreSQL refused to run as root", expected);
        }
    }

    private static EmbeddedPostgres.Builder builder(Path binaries) {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries.toFile())
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("wal_level", "minimal")
                .setServerConfig("max_wal_senders", "0")
                .setServerConfig("autovacuum", "off");
    }

    /** A folder per user: files that root has unpacked cannot be refreshed by an ordinary user. */
    private static Path binaries(String suffix) {
        String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9]", "_");
        return Path.of(System.getProperty("java.io.tmpdir"), "betrue-postgres-" + user + suffix);
    }

    String template(String migrations, Consumer<DataSource> migrate) {
        return templates.computeIfAbsent(migrations, key -> {
            String name = "template_" + key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_") + templates.size();
            execute("CREATE DATABASE " + name);
            migrate.accept(dataSource(name));
            return name;
        });
    }

    String copy(String template) {
        String name = "test_" + copies.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY FILE_COPY");
        return name;
    }

    void drop(String name) {
        execute("DROP DATABASE " + name + " WITH (FORCE)");
    }

    DataSource dataSource(String database) {
        return postgres.getDatabase(USER, database);
    }

    String jdbcUrl(String database) {
        return postgres.getJdbcUrl(USER, database);
    }

    private void execute(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("test server refused \"" + sql + "\": " + e.getMessage(), e);
        }
    }
}
