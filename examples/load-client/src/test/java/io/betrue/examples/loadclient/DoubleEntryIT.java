package io.betrue.examples.loadclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleEntryIT {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migratedBy("load-client", DoubleEntryIT::migrate);

    /** The columns that the check reads, without the constraints that would keep the faults out. */
    private static void migrate(DataSource source) {
        execute(source, """
                create schema ledger;
                create table ledger.accounts (id bigint primary key, owner uuid, currency text, balance numeric);
                create table ledger.transactions (id text primary key, kind text);
                create table ledger.postings (transaction_id text, account_id bigint, currency text, amount numeric,
                    sequence bigint, balance numeric)""");
    }

    @BeforeEach
    void keepSoundBooks() {
        execute(DATABASE.dataSource(), """
                truncate ledger.accounts, ledger.transactions, ledger.postings;
                insert into ledger.accounts values (1, null, 'EUR', null), (2, gen_random_uuid(), 'EUR', 70);
                insert into ledger.transactions values ('a', 'deposit'), ('b', 'withdrawal');
                insert into ledger.postings values ('a', 1, 'EUR', -100, null, null), ('a', 2, 'EUR', 100, 1, 100),
                    ('b', 1, 'EUR', 30, null, null), ('b', 2, 'EUR', -30, 2, 70)""");
    }

    @Test
    void soundBooksHold() {
        assertThat(violated()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update ledger.postings set amount = -99 where sequence is null and amount < 0 | postings-make-zero",
                "insert into ledger.transactions values ('c')                                  | postings-make-zero",
                "update ledger.accounts set balance = 71 where id = 2                          | balance-is-postings",
                "update ledger.postings set balance = 101 where sequence = 1                   | posting-by-posting",
                "update ledger.transactions set kind = 'transfer' where id = 'a'               | two-sided-transactions",
                "update ledger.accounts set balance = -1 where id = 2                          | no-negative-account"
            })
    void everyFaultIsNoticed(String fault, String property) {
        execute(DATABASE.dataSource(), fault);

        assertThat(violated()).contains(property);
    }

    @Test
    void absentDatabaseIsOneSentence() {
        assertThatThrownBy(() -> DoubleEntry.check("jdbc:postgresql://127.0.0.1:1/none"))
                .isInstanceOf(LoadException.class)
                .hasMessageStartingWith("the database of --database-url cannot be asked: ");
    }

    private static List<String> violated() {
        return DoubleEntry.check(DATABASE.jdbcUrl()).stream()
                .filter(property -> !property.holds())
                .map(Property::name)
                .toList();
    }

    private static void execute(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
