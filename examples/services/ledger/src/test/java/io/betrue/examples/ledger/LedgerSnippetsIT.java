package io.betrue.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerSnippetsIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    @Test
    void movesMoney() {
        DataSource dataSource = DATABASE.dataSource();
        UUID caller = UUID.randomUUID();

        // tag::use[]
        LedgerMigrations.migrate(dataSource);
        Ledger ledger = new Ledger(dataSource, LedgerOptions.defaults(), Clock.systemUTC());

        Balance balance = ledger.deposit(caller, new Deposit("EUR", "10.50"), "my-first-deposit");
        ledger.withdraw(caller, new Withdraw("EUR", "0.50"), null);
        History history = ledger.history(caller, new HistoryQuery("EUR", null, 20));
        // end::use[]

        assertThat(balance).isEqualTo(new Balance("EUR", "10.50"));
        assertThat(history.entries()).hasSize(2);
    }
}
