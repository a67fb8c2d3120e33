package io.betrue.examples.loadclient;

import java.util.Optional;

/** Says whether a reply to a request is one of the right ones. */
final class Judge {
    private final boolean tolerateUnavailable;

    Judge(boolean tolerateUnavailable) {
        this.tolerateUnavailable = tolerateUnavailable;
    }

    /** {@return what is wrong with a reply; empty when it is as expected} */
    Optional<String> complaint(Call call, Reply reply) {
        if (tolerateUnavailable && (reply.unavailable() || isSlowedDown(call, reply))) {
            return Optional.empty();
        }
        if (!call.kind().expects(reply.summary())) {
            return Optional.of("answer is not one of the expected");
        }
        String lowest = Answers.lowest(reply);
        if (lowest != null && lowest.startsWith("-")) {
            return Optional.of("a balance is below zero");
        }
        return reply instanceof Reply.Answer answer && answer.status() == 200 ? body(call, answer) : Optional.empty();
    }

    /** A sign-in that an outage cut off counts as a failed one, and five of those slow the user down. */
    private static boolean isSlowedDown(Call call, Reply reply) {
        return call.kind() == Kind.SIGN_IN && reply.summary().equals("429 RATE_LIMITED");
    }

    private static Optional<String> body(Call call, Reply.Answer answer) {
        return switch (call.kind()) {
            case DEPOSIT, WITHDRAW, TRANSFER ->
                complainUnless(Answers.balance(answer) != null, "no balance in the answer");
            case REPEAT ->
                complainUnless(sameBalance(call, answer), "the repetition is answered otherwise than the first");
            case HISTORY, FOREIGN_CURSOR ->
                complainUnless(
                        answer.body().path("entries").isArray() && Answers.entriesBelongTo(call.user(), answer.body()),
                        "an entry is not the caller's own");
            case BALANCE -> complainUnless(answer.body().path("balances").isArray(), "no balances in the answer");
            case CURRENCIES ->
                complainUnless(!answer.body().path("currencies").isEmpty(), "no currencies in the answer");
            case SIGN_IN -> complainUnless(Answers.text(answer.body(), "token").isPresent(), "no token in the answer");
            default -> Optional.empty();
        };
    }

    private static boolean sameBalance(Call call, Reply.Answer answer) {
        Call.Write write = call.write();
        return write != null && java.util.Objects.equals(write.balance(), Answers.balance(answer));
    }

    private static Optional<String> complainUnless(boolean right, String complaint) {
        return right ? Optional.empty() : Optional.of(complaint);
    }
}
