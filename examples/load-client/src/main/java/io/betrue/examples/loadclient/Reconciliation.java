package io.betrue.examples.loadclient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the operation behind each line of the journal, by the Idempotency-Key. Several operations may share a key; then
 * they ask for different amounts.
 *
 * @param matches each line with its operation, in the journal's order
 * @param properties what the comparison says
 */
record Reconciliation(List<Match> matches, List<Property> properties) {

    /** A line of the journal and the operation that it is the effect of. */
    record Match(Books.Entry entry, Operation operation) {}

    static Reconciliation of(List<Operation> operations, List<Books.Entry> journal) {
        Map<String, List<Operation>> byKey = operations.stream()
                .collect(Collectors.groupingBy(
                        operation -> operation.effect().key(), LinkedHashMap::new, Collectors.toList()));
        List<Match> matches = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        for (Books.Entry entry : journal) {
            if (entry.isReceived()) {
                continue; // Transfers looks for the side that was asked for
            }
            find(entry, byKey.getOrDefault(entry.reference(), List.of()))
                    .ifPresentOrElse(
                            operation -> matches.add(new Match(entry, operation)),
                            () -> foreign.add(entry + " is the effect of no operation"));
        }
        return new Reconciliation(List.copyOf(matches), properties(operations, matches, journal, foreign));
    }

    private static Optional<Operation> find(Books.Entry entry, List<Operation> candidates) {
        return candidates.stream()
                .filter(operation -> isEffect(operation.effect(), entry))
                .findFirst();
    }

    private static boolean isEffect(Call.Write.Effect effect, Books.Entry entry) {
        return effect.user().equals(entry.account().user())
                && effect.currency().equals(entry.account().currency())
                && effect.action().equals(entry.action())
                && Objects.requireNonNullElse(effect.to(), "").equals(entry.counterparty())
                && Answers.decimal(effect.amount())
                        .filter(amount -> amount.compareTo(entry.amount()) == 0)
                        .isPresent();
    }

    private static List<Property> properties(
            List<Operation> operations, List<Match> matches, List<Books.Entry> journal, List<String> foreign) {
        Map<Operation, Long> times =
                matches.stream().collect(Collectors.groupingBy(Match::operation, Collectors.counting()));
        Map<Outcome, List<Operation>> byOutcome =
                operations.stream().collect(Collectors.groupingBy(Operation::outcome));
        List<Operation> ok = byOutcome.getOrDefault(Outcome.OK, List.of());
        List<Operation> refused = byOutcome.getOrDefault(Outcome.REFUSED, List.of());
        List<Operation> unknown = byOutcome.getOrDefault(Outcome.UNKNOWN, List.of());
        long shown = unknown.stream().filter(times::containsKey).count();
        Function<Operation, Long> count = operation -> times.getOrDefault(operation, 0L);
        return List.of(
                new Property(
                        "acknowledged-once",
                        ok.size() + " acknowledged operations are in the journal once each",
                        wrong(ok, count, 1, 1)),
                new Property(
                        "refused-absent",
                        refused.size() + " refused operations are not in the journal",
                        wrong(refused, count, 0, 0)),
                new Property(
                        "unknown-at-most-once",
                        unknown.size() + " unknown operations, of which the journal shows " + shown,
                        wrong(unknown, count, 0, 1)),
                new Property(
                        "no-foreign-entry", journal.size() + " journal lines are the effects of operations", foreign));
    }

    private static List<String> wrong(
            List<Operation> operations, Function<Operation, Long> count, int least, int most) {
        return operations.stream()
                .filter(operation -> count.apply(operation) < least || count.apply(operation) > most)
                .map(operation -> operation + " is in the journal " + count.apply(operation) + " times")
                .toList();
    }
}
