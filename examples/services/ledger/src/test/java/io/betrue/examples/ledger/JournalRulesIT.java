package io.betrue.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.examples.ledger.api.Deposit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database refuses, whoever writes. */
class JournalRulesIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private final UUID caller = UUID.randomUUID();

    @BeforeEach
    void deposit() {
        DATABASE.ledger().deposit(caller, new Deposit("EUR", "5.00"), "key");
    }

    @Test
    void refusesAnOverdraft() {
        assertThatThrownBy(() -> execute("update ledger.accounts set balance = balance - 501 where owner = :owner"))
                .hasStackTraceContaining("accounts_not_overdrawn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger.accounts set balance = balance + 1 where owner = :owner",
                "update ledger.accounts set balance = balance + 1, postings = postings + 1 where owner = :owner",
                "insert into ledger.accounts (owner, currency, balance, postings) values (:owner, 'USD', 5, 1)"
            })
    void refusesABalanceWithoutPostings(String sql) {
        assertThatThrownBy(() -> execute(sql)).hasStackTraceContaining("does not follow from its postings");
    }

    @Test
    void refusesATransactionThatDoesNotBalance() {
        String lonely = """
                with t as (insert into ledger.transactions values (gen_random_uuid(), :owner, 'deposit', null, now())
                           returning id)
                insert into ledger.postings select id, (select a.id from ledger.accounts a where owner = :owner),
                'EUR', 100, 2, 600 from t""";
        assertThatThrownBy(() -> execute(lonely)).hasStackTraceContaining("does not balance");
    }

    @Test
    void refusesAPostingThatIsAddedLater() {
        String later = """
                insert into ledger.postings
                select p.transaction_id, x.id, x.currency, -7, null, null
                from ledger.postings p join ledger.accounts a on a.id = p.account_id and a.owner = :owner,
                     ledger.accounts x where x.name = 'external' and x.currency = 'USD'""";
        assertThatThrownBy(() -> execute(later)).hasStackTraceContaining("does not balance");
    }

    @Test
    void refusesATransactionWithoutPostings() {
        assertThatThrownBy(() -> execute(
                        "insert into ledger.transactions values (gen_random_uuid(), :owner, 'deposit', null, now())"))
                .hasStackTraceContaining("does not balance");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger.transactions set reference = 'x' where owner = :owner",
                "delete from ledger.transactions where owner = :owner",
                "update ledger.postings p set amount = 1 from ledger.accounts a where a.id = p.account_id and owner = :owner",
                "delete from ledger.postings p using ledger.accounts a where a.id = p.account_id and owner = :owner"
            })
    void refusesToRewriteTheJournal(String sql) {
        assertThatThrownBy(() -> execute(sql)).hasStackTraceContaining("the journal only grows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncate ledger.postings", "truncate ledger.transactions cascade"})
    void refusesToEmptyTheJournal(String sql) {
        assertThatThrownBy(() -> DATABASE.jdbi().useHandle(handle -> handle.execute(sql)))
                .hasStackTraceContaining("the journal only grows");
    }

    @Test
    void keepsItsMigrationsInItsOwnSchema() {
        LedgerMigrations.migrate(DATABASE.dataSource());

        List<String> tables = DATABASE.jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                                select table_schema || '.' || table_name from information_schema.tables
                                where table_name = 'flyway_history' or table_schema = 'public'""").mapTo(String.class).list());
        assertThat(tables).containsExactly("ledger.flyway_history");
    }

    private void execute(String sql) {
        DATABASE.jdbi()
                .useTransaction(
                        handle -> handle.createUpdate(sql).bind("owner", caller).execute());
    }
}
