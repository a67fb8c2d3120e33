package io.betrue.examples.loadclient;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must be true of the balances in answers, in the journal, and now. */
final class Balances {
    private Balances() {}

    static List<Property> check(History history, Books books, Reconciliation reconciliation) {
        return List.of(
                noneNegative(history, books),
                running(books.journal()),
                answered(reconciliation.matches()),
                sameAnswer(history.operations()),
                current(books),
                conserved(books, history.operations(), reconciliation.matches()));
    }

    private static Property noneNegative(History history, Books books) {
        List<String> violations = new ArrayList<>();
        for (Event.Complete answer : history.answers()) {
            if (answer.lowest() != null && answer.lowest().startsWith("-")) {
                violations.add("operation " + answer.op() + " was answered with a balance of " + answer.lowest());
            }
        }
        books.journal().stream()
                .filter(entry -> entry.balance().signum() < 0)
                .forEach(entry -> violations.add(entry + " is below zero"));
        books.balances().stream()
                .filter(balance -> balance.amount().signum() < 0)
                .forEach(balance -> violations.add(balance + " is below zero"));
        int looked = history.answers().size()
                + books.journal().size()
                + books.balances().size();
        return new Property("no-negative-balance", looked + " answers, journal lines and balances", violations);
    }

    /** Each line's balance is the one before it, changed by its amount; the first one's begins at zero. */
    private static Property running(List<Books.Entry> journal) {
        Map<Books.Account, BigDecimal> last = new HashMap<>();
        List<String> violations = new ArrayList<>();
        for (Books.Entry entry : journal) {
            BigDecimal before = last.getOrDefault(entry.account(), BigDecimal.ZERO);
            if (before.add(entry.change()).compareTo(entry.balance()) != 0) {
                violations.add(entry + " follows a balance of " + before.toPlainString());
            }
            last.put(entry.account(), entry.balance());
        }
        return new Property("running-balance", last.size() + " accounts add up line by line", violations);
    }

    private static Property answered(List<Reconciliation.Match> matches) {
        List<String> violations = new ArrayList<>();
        int looked = 0;
        for (Reconciliation.Match match : matches) {
            for (Operation.Attempt attempt : match.operation().acknowledged()) {
                looked++;
                if (Answers.decimal(attempt.balance())
                        .filter(balance -> balance.compareTo(match.entry().balance()) == 0)
                        .isEmpty()) {
                    violations.add(match.operation() + " was answered with balance \"" + attempt.balance()
                            + "\", the journal has " + match.entry().balance().toPlainString());
                }
            }
        }
        return new Property("answered-balance", looked + " answers have the balance of their journal line", violations);
    }

    private static Property sameAnswer(List<Operation> operations) {
        List<String> violations = new ArrayList<>();
        int repeated = 0;
        for (Operation operation : operations) {
            Set<String> balances = operation.acknowledged().stream()
                    .map(Operation.Attempt::balance)
                    .collect(Collectors.toCollection(TreeSet::new));
            repeated += operation.acknowledged().size() > 1 ? 1 : 0;
            if (balances.size() > 1) {
                violations.add(operation + " was answered with balances " + balances);
            }
        }
        return new Property("same-answer", repeated + " repeated operations got their first answer again", violations);
    }

    private static Property current(Books books) {
        Map<Books.Account, BigDecimal> last = new HashMap<>();
        books.journal().forEach(entry -> last.put(entry.account(), entry.balance()));
        List<String> violations = new ArrayList<>();
        for (Books.Balance balance : books.balances()) {
            BigDecimal journal = Objects.requireNonNullElse(last.remove(balance.account()), BigDecimal.ZERO);
            if (journal.compareTo(balance.amount()) != 0) {
                violations.add(balance + " differs from the journal's last line, " + journal.toPlainString());
            }
        }
        last.forEach((account, balance) -> {
            if (balance.signum() != 0) {
                violations.add(account + " has a journal up to " + balance.toPlainString() + " and no balance");
            }
        });
        return new Property(
                "current-balance",
                books.balances().size() + " balances are those of the last journal lines",
                violations);
    }

    /** Per currency: what is there = what the journal shows = what was acknowledged + what the journal shows of the unknown. */
    private static Property conserved(Books books, List<Operation> operations, List<Reconciliation.Match> matches) {
        Sums held = new Sums();
        books.balances().forEach(balance -> held.add(balance.account().currency(), balance.amount()));
        Sums journal = new Sums();
        books.journal().forEach(entry -> journal.add(entry.account().currency(), entry.change()));
        Sums asked = new Sums();
        operations.stream()
                .filter(operation -> operation.outcome() == Outcome.OK)
                .forEach(operation -> asked.add(operation.effect()));
        matches.stream()
                .map(Reconciliation.Match::operation)
                .filter(operation -> operation.outcome() == Outcome.UNKNOWN)
                .distinct()
                .forEach(operation -> asked.add(operation.effect()));
        Set<String> currencies = new TreeSet<>(held.sums.keySet());
        currencies.addAll(journal.sums.keySet());
        currencies.addAll(asked.sums.keySet());
        List<String> violations = currencies.stream()
                .filter(code -> held.of(code).compareTo(journal.of(code)) != 0
                        || held.of(code).compareTo(asked.of(code)) != 0)
                .map(code -> "%s: balances make %s, the journal %s, the operations %s"
                        .formatted(code, held.text(code), journal.text(code), asked.text(code)))
                .toList();
        String totals =
                currencies.stream().map(code -> held.text(code) + " " + code).collect(Collectors.joining(", "));
        return new Property("conservation", totals, violations);
    }

    /** Sums by currency. */
    private static final class Sums {
        private final Map<String, BigDecimal> sums = new TreeMap<>();

        void add(String currency, BigDecimal amount) {
            sums.merge(currency, amount, BigDecimal::add);
        }

        void add(Call.Write.Effect effect) {
            if (effect.to() != null) {
                return; // what one has less another has more
            }
            BigDecimal amount = Answers.decimal(effect.amount()).orElse(BigDecimal.ZERO);
            add(effect.currency(), effect.action().equals("deposit") ? amount : amount.negate());
        }

        BigDecimal of(String currency) {
            return sums.getOrDefault(currency, BigDecimal.ZERO);
        }

        String text(String currency) {
            return of(currency).toPlainString();
        }
    }
}
