package io.betrue.examples.ledger;

import static io.betrue.examples.ledger.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.StatementOrder;
import io.betrue.examples.ledger.api.StatementOrdered;
import io.betrue.examples.ledger.api.Withdraw;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.jobs.testing.RanJobs;
import io.betrue.jobs.testing.TestJobs;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatementsIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Ledger ledger = DATABASE.ledger(Clock.fixed(NOON, ZoneOffset.UTC));
    private final UUID caller = UUID.randomUUID();
    private final TestJobs jobs = TestJobs.create();
    private final Statements statements = new Statements(ledger, jobs);
    private final List<Mail> sent = new ArrayList<>();

    @AfterEach
    void close() {
        jobs.close();
    }

    private RanJobs runDue(Mailer mailer) {
        return jobs.runDue(worker ->
                worker.queue(Statements.QUEUE, 1).handle(Statements.TYPE, Statements.handler(ledger, mailer)));
    }

    @Test
    void sendsTheBalanceAndTheLastMovements() {
        ledger.deposit(caller, new Deposit("EUR", "10.50"), "rent-of-my-flat");
        ledger.withdraw(caller, new Withdraw("EUR", "0.50"), null);
        ledger.deposit(caller, new Deposit("USD", "77"), null);

        StatementOrdered ordered = statements.order(caller, new StatementOrder("EUR"));
        assertThat(ordered.queued()).isTrue();
        assertThat(runDue(sent::add).succeeded()).hasSize(1);

        assertThat(sent).containsExactly(new Mail("statement-" + ordered.job(), caller, "Your EUR account", """
                Balance: 10.00 EUR
                The last movements:
                2026-03-01T12:00:00Z  withdrawal  0.50, then 10.00
                2026-03-01T12:00:00Z  deposit     10.50, then 10.50
                """));
    }

    @Test
    void sendsTenMovementsAtMost() {
        for (int i = 1; i <= 11; i++) {
            ledger.deposit(caller, new Deposit("JPY", Integer.toString(i)), null);
        }
        statements.order(caller, new StatementOrder("JPY"));
        runDue(sent::add);
        assertThat(sent.get(0).text().lines()).hasSize(12).noneMatch(line -> line.endsWith(" 1, then 1"));
    }

    @Test
    void tellsThatNothingHasMoved() {
        statements.order(caller, new StatementOrder("USD"));
        runDue(sent::add);
        assertThat(sent.get(0).text()).isEqualTo("Balance: 0.00 USD\nNothing has moved yet.\n");
    }

    @Test
    void letsOneWaitingJobStandForFurtherOrders() {
        StatementOrdered first = statements.order(caller, new StatementOrder("EUR"));
        assertThat(statements.order(caller, new StatementOrder("EUR")))
                .isEqualTo(new StatementOrdered(first.job(), false));
        assertThat(statements.order(caller, new StatementOrder("USD")).queued()).isTrue();
        assertThat(statements
                        .order(UUID.randomUUID(), new StatementOrder("EUR"))
                        .queued())
                .isTrue();

        runDue(sent::add);
        assertThat(sent).hasSize(3);
        StatementOrdered later = statements.order(caller, new StatementOrder("EUR"));
        assertThat(later.queued()).isTrue();
        assertThat(later.job()).isNotEqualTo(first.job());
    }

    @Test
    void triesAgainWithTheSameMailWhenTheMailerFails() {
        StatementOrdered ordered = statements.order(caller, new StatementOrder("EUR"));
        assertThat(runDue(mail -> {
                            throw new IOException("no route to the mail server");
                        })
                        .failed())
                .hasSize(1);
        jobs.advance(Duration.ofMinutes(1));
        assertThat(runDue(sent::add).succeeded()).hasSize(1);
        assertThat(sent).extracting(Mail::id).containsExactly("statement-" + ordered.job());
    }

    @Test
    void refusesWhatNobodyCanSend() {
        assertThat(codeOf(() -> statements.order(caller, new StatementOrder("XXX"))))
                .isEqualTo("UNKNOWN_CURRENCY");
        assertThat(codeOf(() -> statements.order(caller, new StatementOrder(null))))
                .isEqualTo("VALIDATION_FAILED");
        assertThat(jobs.jobs()).isEmpty();
    }

    @Test
    void saysThatTheDatabaseOfTheJobsDoesNotAnswer() {
        try (HikariDataSource nobody = new HikariDataSource()) {
            nobody.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/nobody");
            nobody.setConnectionTimeout(250);
            nobody.setInitializationFailTimeout(-1);
            try (PostgresJobs away = PostgresJobs.create(nobody, config -> {})) {
                Statements unlucky = new Statements(ledger, away);
                assertThat(codeOf(() -> unlucky.order(caller, new StatementOrder("EUR"))))
                        .isEqualTo("UNAVAILABLE");
            }
        }
    }
}
