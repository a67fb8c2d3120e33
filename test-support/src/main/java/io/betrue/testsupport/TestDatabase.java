package io.betrue.testsupport;

import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh, migrated database for one test class, on a PostgreSQL server that the whole test run shares.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestDatabase DATABASE = TestDatabase.migratedBy("ledger", LedgerMigrations::migrate);
 * }</pre>
 * The first class of a run starts the server, and the first class of a set of migrations runs them once, in a template
 * that the databases are copied from. The database is dropped after the class, the server stops with the JVM. Nothing
 * survives a crash of the machine: the server does not wait for its disk. Safe for use by multiple threads.
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
    private final String migrations;
    private final Consumer<DataSource> migrate;
    private volatile @Nullable Copy copy;

    private record Copy(TestServer server, String name, Duration time) {}

    private TestDatabase(String migrations, Consumer<DataSource> migrate) {
        this.migrations = migrations;
        this.migrate = migrate;
    }

    /**
     * Uses a database with tables in it.
     *
     * @param migrations the name of what {@code migrate} does; the same name means the same tables in a whole test run
     * @param migrate makes the tables; called once in a test run
     * @return an extension for a static field with {@code @RegisterExtension}
     */
    public static TestDatabase migratedBy(String migrations, Consumer<DataSource> migrate) {
        return new TestDatabase(migrations, migrate);
    }

    /** {@return an extension that makes a database without tables} */
    public static TestDatabase empty() {
        return new TestDatabase("empty", dataSource -> {});
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        open();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    void open() {
        TestServer server = TestServer.shared();
        String template = server.template(migrations, migrate);
        long start = System.nanoTime();
        String name = server.copy(template);
        copy = new Copy(server, name, Duration.ofNanos(System.nanoTime() - start));
    }

    void close() {
        Copy made = copy;
        if (made != null) {
            copy = null;
            made.server().drop(made.name());
        }
    }

    /** {@return a source that opens a new connection for each request and keeps none} */
    public DataSource dataSource() {
        Copy made = made();
        return made.server().dataSource(made.name());
    }

    /** {@return the JDBC address of the database, with user; there is no password} */
    public String jdbcUrl() {
        Copy made = made();
        return made.server().jdbcUrl(made.name());
    }

    /** {@return the name of the database, which no other test class has} */
    public String name() {
        return made().name();
    }

    /** {@return how long it took to copy the template} */
    public Duration copyTime() {
        return made().time();
    }

    private Copy made() {
        Copy made = copy;
        if (made == null) {
            throw new IllegalStateException("there is no database outside of a test class: put the TestDatabase"
                    + " into a static field with @RegisterExtension and use it from a test");
        }
        return made;
    }
}
