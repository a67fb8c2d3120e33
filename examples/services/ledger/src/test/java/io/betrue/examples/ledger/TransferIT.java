package io.betrue.examples.ledger;

import static io.betrue.examples.ledger.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.BalanceQuery;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.Entry;
import io.betrue.examples.ledger.api.HistoryQuery;
import io.betrue.examples.ledger.api.Transfer;
import io.betrue.jobs.testing.TestJobs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TransferIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private final Ledger ledger = DATABASE.ledger();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    private Balance give(UUID from, UUID to, String amount, @Nullable String key) {
        return ledger.transfer(from, new Transfer(to, "EUR", amount), key);
    }

    private String balance(UUID user) {
        return ledger.balance(user, new BalanceQuery("EUR")).balances().get(0).balance();
    }

    private List<Entry> history(UUID user) {
        return ledger.history(user, new HistoryQuery("EUR", null, 50)).entries();
    }

    @Test
    void movesMoneyFromOneToTheOther() {
        ledger.deposit(ann, new Deposit("EUR", "10"), null);

        assertThat(give(ann, bob, "2.50", "gift")).isEqualTo(new Balance("EUR", "7.50"));

        assertThat(balance(ann)).isEqualTo("7.50");
        assertThat(balance(bob)).isEqualTo("2.50");
        assertThat(history(ann))
                .extracting(Entry::type, Entry::amount, Entry::balance, Entry::reference, Entry::counterparty)
                .containsExactly(
                        tuple("transfer-out", "2.50", "7.50", "gift", bob),
                        tuple("deposit", "10.00", "10.00", null, null));
        assertThat(history(bob))
                .as("the key is the giver's own")
                .extracting(Entry::type, Entry::amount, Entry::balance, Entry::reference, Entry::counterparty)
                .containsExactly(tuple("transfer-in", "2.50", "2.50", null, ann));
    }

    @Test
    void refusesWhatCannotBe() {
        ledger.deposit(ann, new Deposit("EUR", "1"), null);
        assertThat(codeOf(() -> give(ann, bob, "1.01", null))).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(codeOf(() -> give(bob, ann, "0.01", null)))
                .as("who has no account at all")
                .isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(codeOf(() -> give(ann, ann, "1", null))).isEqualTo("VALIDATION_FAILED");
        assertThat(codeOf(() -> ledger.transfer(ann, new Transfer(null, "EUR", "1"), null)))
                .isEqualTo("VALIDATION_FAILED");
        assertThat(codeOf(() -> give(ann, bob, "0", null))).isEqualTo("VALIDATION_FAILED");
        assertThat(codeOf(() -> ledger.transfer(ann, new Transfer(bob, "XXX", "1"), null)))
                .isEqualTo("UNKNOWN_CURRENCY");
        assertThat(balance(ann)).isEqualTo("1.00");
        assertThat(history(bob)).isEmpty();
    }

    @Test
    void hasOneEffectForOneKey() {
        UUID eve = UUID.randomUUID();
        ledger.deposit(ann, new Deposit("EUR", "10"), null);
        Balance first = give(ann, bob, "3", "key");
        give(ann, bob, "1", null);

        assertThat(give(ann, bob, "3.0", "key")).isEqualTo(first);
        assertThat(codeOf(() -> give(ann, bob, "4", "key"))).isEqualTo("CONFLICT");
        assertThat(codeOf(() -> give(ann, eve, "3", "key"))).isEqualTo("CONFLICT");
        assertThat(codeOf(() -> ledger.withdraw(ann, new io.betrue.examples.ledger.api.Withdraw("EUR", "3"), "key")))
                .isEqualTo("CONFLICT");
        assertThat(balance(bob)).isEqualTo("4.00");
    }

    /** Opposite transfers between a few users, by many threads: nobody waits for ever, nothing is lost and nothing made. */
    @Test
    void oppositeTransfersKeepTheSum() throws Exception {
        int threads = 12;
        int each = 40;
        List<UUID> users = new ArrayList<>();
        for (int user = 0; user < 4; user++) {
            UUID id = UUID.randomUUID();
            users.add(id);
            if (user < 2) { // the others get their accounts by transfers, several at the same time
                ledger.deposit(id, new Deposit("EUR", "20"), null);
            }
        }
        AtomicInteger seeds = new AtomicInteger(7);
        ConcurrentLinkedQueue<String> outcomes = new ConcurrentLinkedQueue<>();
        Fixture.together(threads, () -> {
            Random random = new Random(seeds.getAndIncrement());
            for (int i = 0; i < each; i++) {
                UUID from = users.get(random.nextInt(4));
                UUID to = users.get((users.indexOf(from) + 1 + random.nextInt(3)) % 4);
                String amount = (1 + random.nextInt(12)) + ".00";
                String key = random.nextBoolean() ? "key-" + random.nextInt(1_000_000) : null;
                outcomes.add(codeOf(() -> give(from, to, amount, key)));
            }
            return true;
        });
        assertThat(outcomes).hasSize(threads * each).containsOnly("", "INSUFFICIENT_FUNDS");
        assertThat(outcomes).contains("", "INSUFFICIENT_FUNDS");
        BigDecimal sum = BigDecimal.ZERO;
        for (UUID user : users) {
            BigDecimal balance = new BigDecimal(balance(user));
            assertThat(balance).isNotNegative();
            sum = sum.add(balance);
        }
        assertThat(sum).isEqualByComparingTo("40.00");
        TestJobs jobs = TestJobs.create();
        jobs.enqueue(Reconciliation.TYPE, new Reconciliation.Wanted(20));
        assertThat(jobs.runDue(worker -> worker.queue(Reconciliation.QUEUE, 1)
                                .handle(Reconciliation.TYPE, new Reconciliation(DATABASE.dataSource())))
                        .succeeded())
                .as("the books balance")
                .hasSize(1);
    }
}
