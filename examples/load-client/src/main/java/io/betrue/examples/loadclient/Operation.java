package io.betrue.examples.loadclient;

import java.util.List;

/**
 * A write as the history tells it.
 *
 * @param effect what was asked for
 * @param attempts at least one, in their order
 */
record Operation(long id, Call.Write.Effect effect, List<Attempt> attempts) {

    /**
     * One sending of it.
     *
     * @param invoked nanoseconds since the run began
     * @param completed likewise; {@link Long#MAX_VALUE} when the history does not tell
     * @param balance in the answer, empty when there was none
     */
    record Attempt(int number, long invoked, long completed, Outcome outcome, String balance) {}

    Operation {
        attempts = List.copyOf(attempts);
    }

    /** {@return acknowledged if one attempt was, else unknown if one attempt was, else refused} */
    Outcome outcome() {
        for (Outcome outcome : List.of(Outcome.OK, Outcome.UNKNOWN)) {
            if (attempts.stream().anyMatch(attempt -> attempt.outcome() == outcome)) {
                return outcome;
            }
        }
        return Outcome.REFUSED;
    }

    /** {@return when it was first asked for} */
    long invoked() {
        return attempts.stream().mapToLong(Attempt::invoked).min().orElseThrow();
    }

    /** {@return when its effect was first known to have taken place; {@link Long#MAX_VALUE} when it never was} */
    long completed() {
        return acknowledged().stream().mapToLong(Attempt::completed).min().orElse(Long.MAX_VALUE);
    }

    /** {@return the attempts that were acknowledged} */
    List<Attempt> acknowledged() {
        return attempts.stream()
                .filter(attempt -> attempt.outcome() == Outcome.OK)
                .toList();
    }

    @Override
    public String toString() {
        return "operation %d (%s %s %s by %s, key %s)"
                .formatted(id, effect.action(), effect.amount(), effect.currency(), effect.user(), effect.key());
    }
}
