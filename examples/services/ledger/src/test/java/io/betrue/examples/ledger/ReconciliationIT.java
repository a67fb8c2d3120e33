package io.betrue.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.Withdraw;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobState;
import io.betrue.jobs.testing.RanJobs;
import io.betrue.jobs.testing.TestJobs;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReconciliationIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private final Ledger ledger = DATABASE.ledger();
    private final UUID caller = UUID.randomUUID();
    private final TestJobs jobs = TestJobs.create(Instant.parse("2026-03-01T12:00:00Z"));

    @AfterEach
    void close() {
        jobs.close();
    }

    private RanJobs runDue() {
        return jobs.runDue(worker -> worker.queue(Reconciliation.QUEUE, 1)
                .handle(Reconciliation.TYPE, new Reconciliation(DATABASE.dataSource())));
    }

    private JobInfo only() {
        List<JobInfo> all = jobs.jobs();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void countsTheBooksEachNightAndOnceForNightsThatWereMissed() {
        jobs.schedules().put(Reconciliation.nightly());
        jobs.setTime(Instant.parse("2026-03-02T02:59:59Z"));
        assertThat(runDue().count()).isZero();
        jobs.setTime(Instant.parse("2026-03-02T03:00:00Z"));
        assertThat(runDue().succeeded()).hasSize(1);
        jobs.setTime(Instant.parse("2026-03-05T12:00:00Z"));
        assertThat(runDue().succeeded()).hasSize(1);
    }

    @Test
    void keepsWhatItCounted() {
        ledger.deposit(caller, new Deposit("EUR", "10.50"), null);
        ledger.withdraw(caller, new Withdraw("EUR", "0.50"), null);
        jobs.enqueue(Reconciliation.TYPE, new Reconciliation.Wanted(1));
        assertThat(runDue().succeeded()).hasSize(1);
        assertThat(only().result()).matches("\\{\"postings\":\\d*[02468],\"accounts\":[1-9]\\d*}");
    }

    @Test
    void diesOfABalanceThatIsNotTheSumOfItsPostings() {
        ledger.deposit(caller, new Deposit("EUR", "10.50"), null);
        withoutRules("update ledger.accounts set balance = balance + 1 where owner = '" + caller + "'");
        try {
            assertDeadOf("says 1051 of the smallest unit of EUR, its postings sum to 1050");
        } finally {
            withoutRules("update ledger.accounts set balance = balance - 1 where owner = '" + caller + "'");
        }
    }

    @Test
    void diesOfPostingsThatDoNotSumToZero() {
        ledger.deposit(caller, new Deposit("JPY", "7"), null);
        String outside = " where currency = 'JPY' and balance is null";
        withoutRules("update ledger.postings set amount = amount + 2" + outside);
        try {
            assertDeadOf("all postings in JPY sum to 2 instead of 0");
        } finally {
            withoutRules("update ledger.postings set amount = amount - 2" + outside);
        }
    }

    @Test
    void diesOfATransferWithTheOutside() {
        ledger.deposit(caller, new Deposit("GBP", "7"), null);
        String ours = " where owner = '" + caller + "'";
        withoutRules("update ledger.transactions set kind = 'transfer'" + ours);
        try {
            assertDeadOf("has 2 postings, 1 of users");
        } finally {
            withoutRules("update ledger.transactions set kind = 'deposit'" + ours);
        }
    }

    private void assertDeadOf(String fault) {
        jobs.enqueue(Reconciliation.TYPE, new Reconciliation.Wanted(20));
        assertThat(runDue().failed()).hasSize(1);
        assertThat(only().state()).isEqualTo(JobState.DEAD);
        assertThat(only().error()).contains(fault);
    }

    /** As a restore or somebody with too many rights would do it. */
    private static void withoutRules(String change) {
        DATABASE.jdbi().useTransaction(handle -> {
            handle.execute("set local session_replication_role = replica");
            assertThat(handle.execute(change)).isPositive();
        });
    }
}
