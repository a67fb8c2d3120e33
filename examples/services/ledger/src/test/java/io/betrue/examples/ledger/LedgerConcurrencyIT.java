package io.betrue.examples.ledger;

import static io.betrue.examples.ledger.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.BalanceQuery;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.HistoryQuery;
import io.betrue.examples.ledger.api.Withdraw;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerConcurrencyIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private final Ledger ledger = DATABASE.ledger();

    @Test
    void letsExactlyFiftyOfSixtyFourThreadsWithdrawFromFifty() throws Exception {
        UUID caller = UUID.randomUUID();
        ledger.deposit(caller, new Deposit("JPY", "50"), null);

        List<String> codes =
                Fixture.together(64, () -> codeOf(() -> ledger.withdraw(caller, new Withdraw("JPY", "1"), null)));

        assertThat(Collections.frequency(codes, "")).isEqualTo(50);
        assertThat(Collections.frequency(codes, "INSUFFICIENT_FUNDS")).isEqualTo(14);
        assertThat(ledger.balance(caller, new BalanceQuery("JPY")).balances()).containsExactly(new Balance("JPY", "0"));
    }

    @Test
    void givesThirtyTwoTwinsOneEffectAndOneAnswer() throws Exception {
        UUID caller = UUID.randomUUID();

        List<Balance> answers =
                Fixture.together(32, () -> ledger.deposit(caller, new Deposit("EUR", "5.00"), "the-same"));

        assertThat(answers).containsOnly(new Balance("EUR", "5.00"));
        assertThat(ledger.history(caller, new HistoryQuery("EUR", null, null)).entries())
                .hasSize(1);
    }

    @Test
    void letsOneOfTwoDifferentTwinsWin() throws Exception {
        UUID caller = UUID.randomUUID();
        AtomicInteger turn = new AtomicInteger();

        List<String> codes = Fixture.together(
                16,
                () -> codeOf(() -> ledger.deposit(
                        caller, new Deposit("EUR", Integer.toString(turn.incrementAndGet())), "the-same")));

        assertThat(Collections.frequency(codes, "")).isEqualTo(1);
        assertThat(Collections.frequency(codes, "CONFLICT")).isEqualTo(15);
    }

    @Test
    void keepsTheBooksInRandomConcurrentUse() throws Exception {
        List<UUID> callers = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        Map<String, BigDecimal> expected = Collections.synchronizedMap(new HashMap<>());
        AtomicInteger seed = new AtomicInteger(20_261_120);

        Fixture.together(8, () -> {
            Random random = new Random(seed.incrementAndGet());
            for (int i = 0; i < 60; i++) {
                moveAtRandom(random, callers, expected);
            }
            return true;
        });

        for (UUID caller : callers) {
            for (String currency : List.of("EUR", "BTC")) {
                assertThat(new BigDecimal(ledger.balance(caller, new BalanceQuery(currency))
                                .balances()
                                .get(0)
                                .balance()))
                        .isEqualByComparingTo(expected.getOrDefault(caller + currency, BigDecimal.ZERO));
            }
        }
        assertBooksAreSound();
    }

    private void moveAtRandom(Random random, List<UUID> callers, Map<String, BigDecimal> expected) {
        UUID caller = callers.get(random.nextInt(callers.size()));
        String currency = random.nextBoolean() ? "EUR" : "BTC";
        String amount = new BigDecimal(1 + random.nextInt(500)).movePointLeft(2).toPlainString();
        String key = random.nextInt(3) == 0 ? "key-" + UUID.randomUUID() : null;
        boolean deposit = random.nextInt(5) < 2;
        String code = codeOf(() -> {
            if (deposit) {
                ledger.deposit(caller, new Deposit(currency, amount), key);
            } else {
                ledger.withdraw(caller, new Withdraw(currency, amount), key);
            }
        });
        assertThat(code).isIn("", "INSUFFICIENT_FUNDS");
        if (code.isEmpty()) {
            BigDecimal change = deposit ? new BigDecimal(amount) : new BigDecimal(amount).negate();
            expected.merge(caller + currency, change, BigDecimal::add);
        }
    }

    private static void assertBooksAreSound() {
        DATABASE.jdbi().useHandle(handle -> {
            assertThat(handle.createQuery(
                                    "select transaction_id from ledger.postings group by 1, currency having sum(amount) <> 0")
                            .mapTo(String.class)
                            .list())
                    .isEmpty();
            assertThat(handle.createQuery("""
                                    select a.id from ledger.accounts a where a.owner is not null and a.balance <>
                                      (select sum(amount) from ledger.postings p where p.account_id = a.id)""").mapTo(String.class).list()).isEmpty();
            assertThat(handle.createQuery("select min(balance) >= 0 from ledger.postings")
                            .mapTo(Boolean.class)
                            .one())
                    .isTrue();
        });
    }
}
