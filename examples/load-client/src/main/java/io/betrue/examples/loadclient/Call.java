package io.betrue.examples.loadclient;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One request to make.
 *
 * @param operation its number in the history; a repetition of a write has the number of the first
 * @param path the command, such as {@code ledger/deposit}
 * @param user who makes it
 * @param token null for none
 * @param write null for a request that asks for no change
 */
record Call(
        long operation,
        Kind kind,
        String path,
        String body,
        User user,
        @Nullable String token,
        @Nullable Write write) {

    /** {@return the request once more, as another kind} */
    Call as(Kind other) {
        return new Call(operation, other, path, body, user, token, write);
    }

    /** {@return the request once more, with its user's newest token} */
    Call withFreshToken() {
        return token == null ? this : new Call(operation, kind, path, body, user, user.token(), write);
    }

    /** A change that is asked for. Safe for use by multiple threads. */
    static final class Write {
        private final Effect effect;
        private final AtomicInteger attempts = new AtomicInteger();
        private volatile @Nullable String balance;

        /**
         * What the journal shows if it takes place.
         *
         * @param user whose account would change
         * @param action {@code deposit}, {@code withdrawal} or {@code transfer-out}
         * @param key the Idempotency-Key
         * @param amount as in the request, perhaps not an amount at all
         * @param to who gets the money of a transfer; null where nobody does
         */
        record Effect(
                String user,
                String action,
                String key,
                String currency,
                String amount,
                @Nullable String to) {
            Effect(String user, String action, String key, String currency, String amount) {
                this(user, action, key, currency, amount, null);
            }
        }

        Write(Effect effect) {
            this.effect = effect;
        }

        Effect effect() {
            return effect;
        }

        /** {@return the number of the attempt that starts now, from 1} */
        int nextAttempt() {
            return attempts.incrementAndGet();
        }

        /** {@return the balance that the first success was answered with; null when there was none} */
        @Nullable
        String balance() {
            return balance;
        }

        void balance(String answered) {
            balance = answered;
        }
    }
}
