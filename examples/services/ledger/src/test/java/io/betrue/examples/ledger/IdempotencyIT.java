package io.betrue.examples.ledger;

import static io.betrue.examples.ledger.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.BalanceQuery;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.Withdraw;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private final Ledger ledger = DATABASE.ledger();
    private final UUID caller = UUID.randomUUID();

    @Test
    void answersARepeatedRequestAsTheFirstTime() {
        Balance first = ledger.deposit(caller, new Deposit("EUR", "5.00"), "a");
        ledger.deposit(caller, new Deposit("EUR", "1.00"), "b");

        assertThat(ledger.deposit(caller, new Deposit("EUR", "5.00"), "a")).isEqualTo(first);
        assertThat(ledger.balance(caller, new BalanceQuery("EUR")).balances())
                .containsExactly(new Balance("EUR", "6.00"));
    }

    @Test
    void answersARepeatedWithdrawalAlsoWhenTheMoneyIsGone() {
        ledger.deposit(caller, new Deposit("EUR", "5.00"), null);
        Balance first = ledger.withdraw(caller, new Withdraw("EUR", "5.00"), "a");

        assertThat(ledger.withdraw(caller, new Withdraw("EUR", "5.00"), "a")).isEqualTo(first);
    }

    @Test
    void refusesTheSameKeyForAnotherRequest() {
        ledger.deposit(caller, new Deposit("EUR", "5.00"), "a");

        assertThat(codeOf(() -> ledger.deposit(caller, new Deposit("EUR", "5.01"), "a")))
                .isEqualTo("CONFLICT");
        assertThat(codeOf(() -> ledger.deposit(caller, new Deposit("USD", "5.00"), "a")))
                .isEqualTo("CONFLICT");
        assertThat(codeOf(() -> ledger.withdraw(caller, new Withdraw("EUR", "5.00"), "a")))
                .isEqualTo("CONFLICT");
        assertThat(ledger.balance(caller, new BalanceQuery("EUR")).balances())
                .containsExactly(new Balance("EUR", "5.00"));
    }

    @Test
    void keepsTheKeysOfTwoCallersApart() {
        ledger.deposit(caller, new Deposit("EUR", "5.00"), "a");
        UUID other = UUID.randomUUID();

        assertThat(ledger.deposit(other, new Deposit("EUR", "7.00"), "a")).isEqualTo(new Balance("EUR", "7.00"));
    }

    @Test
    void leavesTheKeyFreeWhenNothingHappened() {
        assertThat(codeOf(() -> ledger.withdraw(caller, new Withdraw("EUR", "5.00"), "a")))
                .isEqualTo("INSUFFICIENT_FUNDS");
        ledger.deposit(caller, new Deposit("EUR", "5.00"), null);

        assertThat(ledger.withdraw(caller, new Withdraw("EUR", "5.00"), "a")).isEqualTo(new Balance("EUR", "0.00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "schlüssel", "tab\t", "nul\0"})
    void refusesAKeyThatIsNotVisibleAscii(String key) {
        assertThat(codeOf(() -> ledger.deposit(caller, new Deposit("EUR", "1"), key)))
                .isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void takesAKeyOfAtMost128Characters() {
        assertThat(ledger.deposit(caller, new Deposit("EUR", "1"), "k".repeat(128)))
                .isEqualTo(new Balance("EUR", "1.00"));
        assertThat(codeOf(() -> ledger.deposit(caller, new Deposit("EUR", "1"), "k".repeat(129))))
                .isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void forgetsOldKeysAFewAtATimeAndYoungOnesNever() {
        Ledger then = at(NOW);
        for (int i = 0; i < 12; i++) {
            then.deposit(caller, new Deposit("JPY", "1"), "old-" + i);
        }
        at(NOW.plus(Duration.ofHours(47))).deposit(caller, new Deposit("JPY", "1"), "young");
        assertThat(keys()).isEqualTo(13);

        Ledger later = at(NOW.plus(Duration.ofHours(49)));
        later.deposit(caller, new Deposit("JPY", "1"), "new-1");
        assertThat(keys()).isEqualTo(2);
        later.deposit(caller, new Deposit("JPY", "1"), "new-2");
        later.deposit(caller, new Deposit("JPY", "1"), "new-3");
        assertThat(keys()).isEqualTo(4);

        assertThat(later.deposit(caller, new Deposit("JPY", "1"), "young")).isEqualTo(new Balance("JPY", "13"));
    }

    private static Ledger at(Instant now) {
        return DATABASE.ledger(Clock.fixed(now, ZoneOffset.UTC));
    }

    private int keys() {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from ledger.idempotency_keys where owner = :owner")
                        .bind("owner", caller)
                        .mapTo(Integer.class)
                        .one());
    }
}
