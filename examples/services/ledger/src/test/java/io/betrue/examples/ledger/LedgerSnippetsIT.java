package io.betrue.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.History;
import io.betrue.examples.ledger.api.HistoryQuery;
import io.betrue.examples.ledger.api.StatementOrder;
import io.betrue.examples.ledger.api.StatementOrdered;
import io.betrue.examples.ledger.api.Transfer;
import io.betrue.examples.ledger.api.Withdraw;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.testing.TestJobs;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
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
        UUID friend = UUID.randomUUID();

        // tag::use[]
        LedgerMigrations.migrate(dataSource);
        Ledger ledger = new Ledger(dataSource, LedgerOptions.defaults(), Clock.systemUTC());

        Balance balance = ledger.deposit(caller, new Deposit("EUR", "10.50"), "my-first-deposit");
        ledger.withdraw(caller, new Withdraw("EUR", "0.50"), null);
        ledger.transfer(caller, new Transfer(friend, "EUR", "2.50"), null);
        History history = ledger.history(caller, new HistoryQuery("EUR", null, 20));
        // end::use[]

        assertThat(balance).isEqualTo(new Balance("EUR", "10.50"));
        assertThat(history.entries()).hasSize(3);
    }

    @Test
    void worksInTheBackground() {
        DataSource dataSource = DATABASE.dataSource();
        UUID caller = UUID.randomUUID();
        Ledger ledger = DATABASE.ledger();
        List<Mail> sent = new ArrayList<>();
        Mailer mailer = sent::add;
        TestJobs jobs = TestJobs.create();

        // tag::jobs[]
        Statements statements = new Statements(ledger, jobs);
        StatementOrdered ordered = statements.order(caller, new StatementOrder("EUR"));
        jobs.schedules().put(Reconciliation.nightly()); // at three in UTC

        Consumer<WorkerConfig> handlers = worker -> worker.queue(Statements.QUEUE, 4)
                .handle(Statements.TYPE, Statements.handler(ledger, mailer))
                .queue(Reconciliation.QUEUE, 1)
                .handle(Reconciliation.TYPE, new Reconciliation(dataSource));
        // end::jobs[]

        assertThat(ordered.queued()).isTrue();
        jobs.advance(Duration.ofDays(1));
        assertThat(jobs.runDue(handlers).succeeded()).hasSize(2);
        assertThat(sent).hasSize(1);
        jobs.close();
    }
}
