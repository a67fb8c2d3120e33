package io.betrue.commands.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Idempotency;
import io.betrue.commands.IdempotencyStore;
import io.betrue.commands.IdempotencyStoreContract;
import io.betrue.commands.Reply;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresIdempotencyIT extends IdempotencyStoreContract {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    private static final CommandType<Payment, Receipt> PAY = CommandType.of("till/pay", Payment.class, Receipt.class);

    record Payment(int cents) {}

    record Receipt(int number) {}

    @BeforeEach
    void make() {
        PostgresIdempotency.in(DATABASE.dataSource()).createTable();
    }

    @AfterEach
    void drop() throws SQLException {
        ask("drop table command_idempotency");
    }

    private static void ask(String sql) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int rows() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from command_idempotency")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    protected IdempotencyStore store() {
        return PostgresIdempotency.in(DATABASE.dataSource());
    }

    @Override
    protected IdempotencyStore beside(IdempotencyStore store) {
        return store();
    }

    // tag::store[]
    static Commands till(DataSource database, AtomicInteger payments) {
        PostgresIdempotency keys = PostgresIdempotency.in(database);
        keys.createTable(); // or keys.ddl() in the migrations of the application
        return Commands.of(config -> config.intercept(Idempotency.in(keys))
                .handle(PAY, (context, payment) -> new Receipt(payments.incrementAndGet())));
    }
    // end::store[]

    @Test
    void answersACallAgainThatAnotherProcessHasAnswered() {
        AtomicInteger payments = new AtomicInteger();
        try (Commands first = till(DATABASE.dataSource(), payments);
                Commands second = till(DATABASE.dataSource(), payments)) {
            Reply<Receipt> one = keyed(first).exchange(PAY, new Payment(100));
            Reply<Receipt> two = keyed(second).exchange(PAY, new Payment(100));
            assertThat(two.result()).isEqualTo(one.result()).isEqualTo(new Receipt(1));
            assertThat(two.headers().get(Idempotency.REPLAYED)).isEqualTo("true");
            assertThat(payments).hasValue(1);
        }
    }

    @Test
    void theCallerGetsWhatTheCallCameToThoughItCannotBeKept() {
        try (Commands commands =
                Commands.of(config -> config.intercept(Idempotency.in(store())).handle(PAY, (context, payment) -> {
                    try {
                        ask("alter table command_idempotency rename column status to away");
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                    return new Receipt(1);
                }))) {
            assertThat(keyed(commands).call(PAY, new Payment(100))).isEqualTo(new Receipt(1));
        }
    }

    private static CommandClient keyed(Commands commands) {
        return commands.client().header(Idempotency.HEADER, "k1");
    }

    @Test
    void removesWhatIsOverByTheWay() throws SQLException {
        IdempotencyStore store = store();
        for (int i = 0; i < 49; i++) {
            store.begin("old " + i, "f", ofMillis(1));
        }
        awaitOver();
        store.begin("new", "f", ofHours(1));
        assertThat(rows()).isEqualTo(1);
    }

    private static void awaitOver() throws SQLException {
        ask("update command_idempotency set expires_at = now() - interval '1 second'");
    }

    @Test
    void isATableOfTheApplicationsChoice() throws SQLException {
        ask("create schema if not exists shop");
        PostgresIdempotency store =
                PostgresIdempotency.in(DATABASE.dataSource()).table("shop.keys");
        store.createTable();
        store.createTable();
        assertThat(store.begin("k", "f", ofHours(1)).state()).isEqualTo(IdempotencyStore.State.NEW);
        assertThat(rows()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> store.table("a; drop table b"));
    }

    @Test
    void isUnavailableWhileTheDatabaseIs() throws SQLException {
        IdempotencyStore store = store();
        ask("alter table command_idempotency rename to elsewhere");
        try {
            assertThatThrownBy(() -> store.begin("k", "f", ofHours(1)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.code()).isEqualTo(StandardError.UNAVAILABLE));
        } finally {
            ask("alter table elsewhere rename to command_idempotency");
        }
    }
}
