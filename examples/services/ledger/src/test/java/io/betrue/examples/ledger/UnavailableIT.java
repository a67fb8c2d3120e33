package io.betrue.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.HistoryQuery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** What a caller is told when the database is not there, busy, or breaks off. */
class UnavailableIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private final UUID caller = UUID.randomUUID();

    @Test
    void saysUnavailableWithoutADatabase() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none?user=none");

        assertNothingChanged(problemOf(ledger(nowhere)));
    }

    @Test
    void saysUnavailableWhenThePoolIsExhausted() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection taken = pool.getConnection()) {
            assertThat(taken.isValid(1)).isTrue();
            assertNothingChanged(problemOf(ledger(pool)));
        }
    }

    @Test
    void saysUnavailableWhenARowStaysLocked() throws SQLException {
        DATABASE.ledger().deposit(caller, new Deposit("EUR", "5.00"), null);
        try (Connection other = DATABASE.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("select * from ledger.accounts where owner is not null for update");
            assertNothingChanged(problemOf(ledger(DATABASE.dataSource())));
            other.rollback();
        }
    }

    @Test
    void saysUnavailableWhenTheServerEndsTheConnection() {
        DataSource dataSource = onCommit(connection -> {
            try (Connection killer = DATABASE.dataSource().getConnection()) {
                terminate(killer, connection);
            }
            return true;
        });

        Problem problem = problemOf(ledger(dataSource));

        assertThat(problem.code().name()).isEqualTo("UNAVAILABLE");
        assertThat(problem.extensions()).containsEntry("outcome", "unknown");
        assertThat(problem.detail()).contains("same Idempotency-Key");
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void findsOutWithTheSameKeyAfterABrokenCommit() {
        DataSource dataSource = onCommit(connection -> {
            connection.commit();
            throw new SQLException("the answer was lost", "08006");
        });

        Problem problem = problemOf(ledger(dataSource));

        assertThat(problem.extensions()).containsEntry("outcome", "unknown");
        assertThat(DATABASE.ledger().deposit(caller, new Deposit("EUR", "5.00"), "key"))
                .isEqualTo(new Balance("EUR", "5.00"));
        assertThat(DATABASE.ledger()
                        .history(caller, new HistoryQuery("EUR", null, null))
                        .entries())
                .hasSize(1);
    }

    @Test
    void leavesNoDoubtWhenAReadBreaksOff() {
        Ledger ledger = ledger(onCommit(connection -> {
            throw new SQLException("the answer was lost", "08006");
        }));

        assertNothingChanged(
                catchThrowableOfType(ProblemException.class, ledger::currencies).problem());
    }

    @Test
    void triesAgainAfterASerialisationFailure() {
        AtomicBoolean failed = new AtomicBoolean();
        DataSource dataSource = onCommit(connection -> {
            if (failed.compareAndSet(false, true)) {
                connection.rollback();
                throw new SQLException("could not serialize access", "40001");
            }
            return true;
        });

        assertThat(ledger(dataSource).deposit(caller, new Deposit("EUR", "5.00"), "key"))
                .isEqualTo(new Balance("EUR", "5.00"));
        assertThat(failed).isTrue();
    }

    private Problem problemOf(Ledger ledger) {
        return catchThrowableOfType(
                        ProblemException.class, () -> ledger.deposit(caller, new Deposit("EUR", "5.00"), "key"))
                .problem();
    }

    private static void assertNothingChanged(Problem problem) {
        assertThat(problem.code().name()).isEqualTo("UNAVAILABLE");
        assertThat(problem.extensions()).isEmpty();
        assertThat(problem.detail()).contains("nothing was changed");
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    private static Ledger ledger(DataSource dataSource) {
        Duration wait = Duration.ofMillis(300);
        LedgerOptions options = new LedgerOptions(new BigDecimal(1000), Duration.ofDays(1), wait, wait);
        return new Ledger(dataSource, options, Clock.systemUTC());
    }

    private static void terminate(Connection killer, Connection victim) throws SQLException {
        int pid = victim.unwrap(PGConnection.class).getBackendPID();
        try (var statement = killer.prepareStatement("select pg_terminate_backend(?, 5000)")) {
            statement.setInt(1, pid);
            statement.execute();
        }
    }

    private interface BeforeCommit {
        /** {@return whether to commit after this} */
        boolean run(Connection connection) throws SQLException;
    }

    /** {@return a source whose connections do something before they commit} */
    private static DataSource onCommit(BeforeCommit action) {
        return proxy(DataSource.class, DATABASE.dataSource(), (method, call) -> {
            Object result = call.call();
            return result instanceof Connection connection ? onCommit(connection, action) : result;
        });
    }

    private static Connection onCommit(Connection connection, BeforeCommit action) {
        return proxy(Connection.class, connection, (method, call) -> {
            if (method.equals("commit") && !action.run(connection)) {
                return null;
            }
            return call.call();
        });
    }

    private interface Around {
        @Nullable
        Object call(String method, Callable<@Nullable Object> call) throws Exception;
    }

    private static <T> T proxy(Class<T> type, T real, Around around) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return around.call(method.getName(), () -> method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
