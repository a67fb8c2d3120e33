package io.betrue.examples.ledger;

import static io.betrue.examples.ledger.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.betrue.errors.FieldError;
import io.betrue.errors.ProblemException;
import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.BalanceQuery;
import io.betrue.examples.ledger.api.Currency;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.Entry;
import io.betrue.examples.ledger.api.History;
import io.betrue.examples.ledger.api.HistoryQuery;
import io.betrue.examples.ledger.api.Withdraw;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private final Ledger ledger = DATABASE.ledger();
    private final UUID caller = UUID.randomUUID();

    @Test
    void namesItsCurrencies() {
        assertThat(ledger.currencies().currencies())
                .extracting(Currency::code, Currency::scale)
                .contains(tuple("EUR", 2), tuple("USD", 2), tuple("JPY", 0), tuple("BTC", 8));
    }

    @Test
    void movesMoneyAndPrintsAllDigits() {
        assertThat(ledger.deposit(caller, new Deposit("EUR", "10.5"), null)).isEqualTo(new Balance("EUR", "10.50"));
        assertThat(ledger.deposit(caller, new Deposit("BTC", "0.00000001"), null))
                .isEqualTo(new Balance("BTC", "0.00000001"));
        assertThat(ledger.deposit(caller, new Deposit("JPY", "7"), null)).isEqualTo(new Balance("JPY", "7"));
        assertThat(ledger.withdraw(caller, new Withdraw("EUR", "10.50"), null)).isEqualTo(new Balance("EUR", "0.00"));

        assertThat(ledger.balance(caller, new BalanceQuery(null)).balances())
                .containsExactly(new Balance("BTC", "0.00000001"), new Balance("EUR", "0.00"), new Balance("JPY", "7"));
    }

    @Test
    void tellsZeroOfACurrencyNeverUsed() {
        assertThat(ledger.balance(caller, new BalanceQuery("USD")).balances())
                .containsExactly(new Balance("USD", "0.00"));
        assertThat(ledger.balance(caller, new BalanceQuery(null)).balances()).isEmpty();
    }

    @Test
    void refusesToWithdrawMoreThanThereIs() {
        assertThat(codeOf(() -> ledger.withdraw(caller, new Withdraw("EUR", "0.01"), null)))
                .isEqualTo("INSUFFICIENT_FUNDS");
        ledger.deposit(caller, new Deposit("EUR", "1.00"), null);
        assertThat(codeOf(() -> ledger.withdraw(caller, new Withdraw("EUR", "1.01"), null)))
                .isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(ledger.balance(caller, new BalanceQuery("EUR")).balances())
                .containsExactly(new Balance("EUR", "1.00"));
        assertThat(ledger.history(caller, new HistoryQuery("EUR", null, null)).entries())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XXX", "eur", "", "EUR'; drop table ledger.postings; --", "E\0R"})
    void refusesAnUnknownCurrency(String currency) {
        assertThat(codeOf(() -> ledger.deposit(caller, new Deposit(currency, "1"), null)))
                .isEqualTo("UNKNOWN_CURRENCY");
        assertThat(codeOf(() -> ledger.withdraw(caller, new Withdraw(currency, "1"), null)))
                .isEqualTo("UNKNOWN_CURRENCY");
        assertThat(codeOf(() -> ledger.balance(caller, new BalanceQuery(currency))))
                .isEqualTo("UNKNOWN_CURRENCY");
        assertThat(codeOf(() -> ledger.history(caller, new HistoryQuery(currency, null, null))))
                .isEqualTo("UNKNOWN_CURRENCY");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "EUR,null,REQUIRED",
                "EUR,'',INVALID_FORMAT",
                "EUR,ten,INVALID_FORMAT",
                "EUR,-1,INVALID_FORMAT",
                "EUR,+1,INVALID_FORMAT",
                "EUR,1e2,INVALID_FORMAT",
                "EUR, 1,INVALID_FORMAT",
                "EUR,'1,5',INVALID_FORMAT",
                "EUR,.5,INVALID_FORMAT",
                "EUR,5.,INVALID_FORMAT",
                "EUR,01,INVALID_FORMAT",
                "EUR,٣,INVALID_FORMAT",
                "EUR,0,NOT_POSITIVE",
                "EUR,0.00,NOT_POSITIVE",
                "EUR,0.001,TOO_PRECISE",
                "EUR,1.500,TOO_PRECISE",
                "JPY,1.0,TOO_PRECISE",
                "EUR,1000000000.01,TOO_LARGE",
                "EUR,99999999999999999999999,TOO_LARGE",
            })
    void refusesAnAmountThatIsNone(String currency, @Nullable String amount, String code) {
        assertThat(faults(() -> ledger.deposit(caller, new Deposit(currency, amount), null)))
                .extracting(FieldError::at, FieldError::code)
                .containsExactly(tuple("/amount", code));
        assertThat(faults(() -> ledger.withdraw(caller, new Withdraw(currency, amount), null)))
                .extracting(FieldError::at, FieldError::code)
                .containsExactly(tuple("/amount", code));
    }

    @Test
    void refusesAnAmountOfAMegabyteAtOnce() {
        assertThat(faults(() -> ledger.deposit(caller, new Deposit("EUR", "1".repeat(1_000_000)), null)))
                .extracting(FieldError::code)
                .containsExactly("INVALID_FORMAT");
    }

    @Test
    void reportsEveryFaultAtOnce() {
        assertThat(faults(() -> ledger.deposit(caller, new Deposit(null, "x"), "two words")))
                .extracting(FieldError::at)
                .containsExactly("/currency", "/amount", "Idempotency-Key");
        assertThat(faults(() -> ledger.history(caller, new HistoryQuery(null, "0", 201))))
                .extracting(FieldError::at)
                .containsExactly("/currency", "/cursor", "/limit");
    }

    @Test
    void pagesThroughTheHistoryNewestFirst() {
        for (int i = 1; i <= 7; i++) {
            ledger.deposit(caller, new Deposit("JPY", Integer.toString(i)), "deposit-" + i);
        }
        ledger.withdraw(caller, new Withdraw("JPY", "3"), null);

        List<Entry> all = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            History page = ledger.history(caller, new HistoryQuery("JPY", cursor, 3));
            all.addAll(page.entries());
            cursor = page.next();
            pages++;
        } while (cursor != null);

        assertThat(pages).isEqualTo(3);
        assertThat(all)
                .extracting(Entry::type, Entry::amount, Entry::balance, Entry::reference)
                .startsWith(
                        tuple("withdrawal", "3", "25", null),
                        tuple("deposit", "7", "28", "deposit-7"),
                        tuple("deposit", "6", "21", "deposit-6"))
                .endsWith(tuple("deposit", "1", "1", "deposit-1"))
                .hasSize(8);
        assertThat(all).extracting(Entry::id).doesNotHaveDuplicates();
    }

    @Test
    void showsNothingOfAnotherWithAnothersCursor() {
        UUID other = UUID.randomUUID();
        for (int i = 0; i < 5; i++) {
            ledger.deposit(other, new Deposit("EUR", "1000.00"), null);
        }
        ledger.deposit(caller, new Deposit("EUR", "1.00"), null);
        String cursor = ledger.history(other, new HistoryQuery("EUR", null, 2)).next();

        assertThat(ledger.history(caller, new HistoryQuery("EUR", cursor, null)).entries())
                .extracting(Entry::amount)
                .containsExactly("1.00");
        assertThat(ledger.history(UUID.randomUUID(), new HistoryQuery("EUR", cursor, null)))
                .isEqualTo(new History(List.of(), null));
    }

    @Test
    void tellsWhenItHappened() {
        Instant noon = Instant.parse("2026-03-01T12:00:00.123456Z");
        DATABASE.ledger(Clock.fixed(noon, ZoneOffset.UTC)).deposit(caller, new Deposit("EUR", "1"), null);

        assertThat(ledger.history(caller, new HistoryQuery("EUR", null, null)).entries())
                .extracting(Entry::at)
                .containsExactly(noon);
    }

    private static List<FieldError> faults(Runnable action) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, action::run);
        assertThat(refused.problem().code().name()).isEqualTo("VALIDATION_FAILED");
        return refused.problem().errors();
    }
}
