package io.betrue.examples.loadclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckerTest {
    private static final int SEEDS = 12;
    private static final BigDecimal ONE = BigDecimal.ONE;

    /** A way to spoil sound books or a sound history, and the properties that must notice. */
    @SuppressWarnings("ImmutableEnumChecker") // functions and names that nothing changes
    private enum Mutation {
        DROPS_ACKNOWLEDGED(dropping(Outcome.OK), "acknowledged-once", "conservation"),
        DOUBLES_ACKNOWLEDGED(doubling(Outcome.OK), "acknowledged-once", "running-balance"),
        DOUBLES_UNKNOWN(doubling(Outcome.UNKNOWN), "unknown-at-most-once", "running-balance"),
        BOOKS_REFUSED(CheckerTest::bookRefused, "refused-absent", "conservation"),
        BOOKS_UNASKED(
                entries(entry -> entry(entry, entry.account(), entry.amount(), "nobody's")),
                "no-foreign-entry",
                "acknowledged-once"),
        BOOKS_WITHOUT_KEY(entries(entry -> entry(entry, entry.account(), entry.amount(), "")), "no-foreign-entry"),
        BOOKS_OTHER_AMOUNT(
                entries(entry -> entry(entry, entry.account(), entry.amount().add(ONE), entry.reference())),
                "acknowledged-once",
                "running-balance",
                "no-foreign-entry"),
        BOOKS_FOR_OTHER_USER(
                entries(entry -> entry(
                        entry,
                        new Books.Account("thief", entry.account().currency()),
                        entry.amount(),
                        entry.reference())),
                "acknowledged-once",
                "no-foreign-entry"),
        BOOKS_OTHER_CURRENCY(
                entries(entry -> entry(
                        entry, new Books.Account(entry.account().user(), "XXX"), entry.amount(), entry.reference())),
                "acknowledged-once",
                "conservation"),
        JOURNAL_BELOW_ZERO(entries(entry -> balance(entry, ONE.negate())), "no-negative-balance", "running-balance"),
        JOURNAL_OFF_BY_ONE(
                entries(entry -> balance(entry, entry.balance().add(ONE))), "running-balance", "answered-balance"),
        ANSWER_BELOW_ZERO(CheckerTest::answerBelowZero, "no-negative-balance"),
        ANSWER_OFF_BY_ONE(answering((operation, attempt) -> true), "answered-balance"),
        REPETITION_OFF_BY_ONE(
                answering((operation, attempt) -> attempt.number() == 2), "same-answer", "answered-balance"),
        BALANCE_BELOW_ZERO(balances(amount -> ONE.negate()), "no-negative-balance", "current-balance"),
        MONEY_CREATED(balances(amount -> amount.add(ONE)), "conservation", "current-balance"),
        MONEY_LOST(balances(amount -> amount.subtract(ONE)), "conservation", "current-balance"),
        LAST_LINE_FIRST(CheckerTest::lastLineFirst, "real-time-order");

        private final UnaryOperator<SimulatedBank.Case> change;
        private final Set<String> noticing;

        Mutation(UnaryOperator<SimulatedBank.Case> change, String... noticing) {
            this.change = change;
            this.noticing = Set.of(noticing);
        }
    }

    @Test
    void soundBooksHoldForEverySeed() {
        for (int seed = 0; seed < 10 * SEEDS; seed++) {
            SimulatedBank.Case sound = SimulatedBank.draw(seed);
            assertThat(violated(sound)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void drawnHistoriesHaveEveryOutcome() {
        Set<Outcome> outcomes = SimulatedBank.draw(1).history().operations().stream()
                .map(Operation::outcome)
                .collect(Collectors.toSet());
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
    }

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void everyMutationIsNoticedByItsProperties(Mutation mutation) {
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedBank.Case spoilt = mutation.change.apply(SimulatedBank.draw(seed));
            assertThat(violated(spoilt)).as("seed %d", seed).containsAll(mutation.noticing);
        }
    }

    @Test
    void reportShowsFirstFewViolations() {
        Property property = new Property(
                "p", "all", IntStream.range(0, 7).mapToObj(i -> "v" + i).toList());
        assertThat(property.report())
                .containsExactly(
                        "VIOLATION  p                      7 found",
                        "             v0",
                        "             v1",
                        "             v2",
                        "             v3",
                        "             v4",
                        "             and 2 more");
        assertThat(new Property("p", "all", List.of()).report())
                .containsExactly("ok         p                      all");
    }

    private static Set<String> violated(SimulatedBank.Case input) {
        return Checker.check(input.history(), input.books()).stream()
                .filter(property -> !property.holds())
                .map(Property::name)
                .collect(Collectors.toSet());
    }

    private static UnaryOperator<SimulatedBank.Case> dropping(Outcome outcome) {
        return input -> {
            List<Books.Entry> journal = new ArrayList<>(input.books().journal());
            journal.remove(indexOf(input, outcome));
            return input.with(journal);
        };
    }

    private static UnaryOperator<SimulatedBank.Case> doubling(Outcome outcome) {
        return input -> {
            List<Books.Entry> journal = new ArrayList<>(input.books().journal());
            int index = indexOf(input, outcome);
            journal.add(index, journal.get(index));
            return input.with(journal);
        };
    }

    /** Changes an acknowledged line in the middle of the journal. */
    private static UnaryOperator<SimulatedBank.Case> entries(UnaryOperator<Books.Entry> change) {
        return input -> {
            List<Books.Entry> journal = new ArrayList<>(input.books().journal());
            int index = indexOf(input, Outcome.OK);
            journal.set(index, change.apply(journal.get(index)));
            return input.with(journal);
        };
    }

    private static UnaryOperator<SimulatedBank.Case> balances(UnaryOperator<BigDecimal> change) {
        return input -> {
            List<Books.Balance> balances = new ArrayList<>(input.books().balances());
            Books.Balance first = balances.get(0);
            balances.set(0, new Books.Balance(first.account(), change.apply(first.amount())));
            return input.withBalances(balances);
        };
    }

    /** Raises the balance in the first answer that the choice is for. */
    private static UnaryOperator<SimulatedBank.Case> answering(
            BiFunction<Operation, Operation.Attempt, Boolean> choice) {
        return input -> {
            List<Operation> operations = new ArrayList<>(input.history().operations());
            Predicate<Operation> chosen = operation ->
                    operation.acknowledged().stream().anyMatch(attempt -> choice.apply(operation, attempt));
            Operation operation = operations.stream().filter(chosen).findFirst().orElseThrow();
            List<Operation.Attempt> attempts = operation.attempts().stream()
                    .map(attempt -> choice.apply(operation, attempt) ? raised(attempt) : attempt)
                    .toList();
            operations.set(operations.indexOf(operation), new Operation(operation.id(), operation.effect(), attempts));
            return input.withHistory(operations, input.history().answers());
        };
    }

    private static Operation.Attempt raised(Operation.Attempt attempt) {
        String balance = new BigDecimal(attempt.balance()).add(ONE).toPlainString();
        return new Operation.Attempt(
                attempt.number(), attempt.invoked(), attempt.completed(), attempt.outcome(), balance);
    }

    private static SimulatedBank.Case answerBelowZero(SimulatedBank.Case input) {
        List<Event.Complete> answers = new ArrayList<>(input.history().answers());
        answers.add(new Event.Complete(9999, 1, Outcome.OK, "200", null, "-0.01", new Event.Moment(1, "")));
        return input.withHistory(input.history().operations(), answers);
    }

    private static SimulatedBank.Case bookRefused(SimulatedBank.Case input) {
        Operation refused = input.history().operations().stream()
                .filter(operation -> operation.outcome() == Outcome.REFUSED)
                .findFirst()
                .orElseThrow();
        Call.Write.Effect effect = refused.effect();
        List<Books.Entry> journal = new ArrayList<>(input.books().journal());
        journal.add(new Books.Entry(
                new Books.Account(effect.user(), effect.currency()),
                "new",
                effect.action(),
                new BigDecimal(effect.amount()),
                BigDecimal.ZERO,
                effect.key()));
        return input.with(journal);
    }

    private static SimulatedBank.Case lastLineFirst(SimulatedBank.Case input) {
        List<Books.Entry> journal = new ArrayList<>(input.books().journal());
        journal.add(0, journal.remove(journal.size() - 1));
        return input.with(journal);
    }

    /** {@return where the journal shows an operation of this outcome, near its middle} */
    private static int indexOf(SimulatedBank.Case input, Outcome outcome) {
        Set<String> keys = input.history().operations().stream()
                .filter(operation -> operation.outcome() == outcome)
                .map(operation -> operation.effect().key())
                .collect(Collectors.toSet());
        List<Integer> found = IntStream.range(0, input.books().journal().size())
                .filter(i -> keys.contains(input.books().journal().get(i).reference()))
                .boxed()
                .toList();
        return found.get(found.size() / 2);
    }

    private static Books.Entry entry(Books.Entry from, Books.Account account, BigDecimal amount, String reference) {
        return new Books.Entry(account, from.id(), from.action(), amount, from.balance(), reference);
    }

    private static Books.Entry balance(Books.Entry from, BigDecimal balance) {
        return new Books.Entry(from.account(), from.id(), from.action(), from.amount(), balance, from.reference());
    }
}
