package io.betrue.commands;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how calls with an idempotency key ended. Implementations are safe for use by multiple threads, and {@link #begin} is atomic over all processes that share a
 * store.
 */
public interface IdempotencyStore {
    /**
     * What is known of a key.
     *
     * @param state how far the first call is
     * @param fingerprint a digest of the input of the first call
     * @param outcome how it ended; null unless it has
     * @param token what {@link #end} and {@link #release} demand of the one who has taken the key; null unless the state is NEW
     */
    record Entry(
            State state,
            String fingerprint,
            @Nullable Outcome outcome,
            @Nullable String token) {
        /**
         * Makes an entry.
         *
         * @param state how far the first call is
         * @param fingerprint a digest of the input of the first call
         * @param outcome how it ended; null unless it has
         * @param token proves who has taken the key; null unless the state is NEW
         * @throws IllegalArgumentException if there is an outcome of a call that has not ended, or a token of a key that was not taken, or one of them is missing
         */
        public Entry {
            if ((state == State.ENDED) != (outcome != null) || (state == State.NEW) != (token != null)) {
                throw new IllegalArgumentException(
                        "an entry has an outcome if it is ENDED and a token if it is NEW, was " + state + " with "
                                + (outcome == null ? "no outcome" : "an outcome") + " and "
                                + (token == null ? "no token" : "a token"));
            }
        }

        /**
         * {@return what is said to the one who has taken the key}
         *
         * @param fingerprint the digest that was given
         * @param token another for each time that a key is taken
         */
        public static Entry taken(String fingerprint, String token) {
            return new Entry(State.NEW, fingerprint, null, token);
        }

        /**
         * {@return what is said while another call has the key}
         *
         * @param fingerprint a digest of the other call's input
         */
        public static Entry running(String fingerprint) {
            return new Entry(State.RUNNING, fingerprint, null, null);
        }

        /**
         * {@return what is said after a call with the key}
         *
         * @param fingerprint a digest of that call's input
         * @param outcome how it ended
         */
        public static Entry ended(String fingerprint, Outcome outcome) {
            return new Entry(State.ENDED, fingerprint, outcome, null);
        }
    }

    /** How far a call is. */
    enum State {
        /** Nobody used the key before; it is the caller's now. */
        NEW,
        /** Another call with the key runs. */
        RUNNING,
        /** A call with the key has ended. */
        ENDED
    }

    /**
     * How a call ended: its reply, or the problem that refused it for good.
     *
     * @param status the HTTP status, 200 to 599
     * @param headers the headers of a reply
     * @param json the output or the problem as JSON
     */
    record Outcome(int status, Headers headers, String json) {}

    /**
     * Takes a key, or says what is known of it.
     *
     * @param key names the call: its command, its caller and the caller's key
     * @param fingerprint a digest of the input
     * @param lease how long the key is kept for a call that neither renews it, ends nor gives it up, because its process was killed; after that another may take it
     * @return NEW if the key is the caller's now, with a token that no other has got for this key; else what is known
     * @throws io.betrue.errors.ProblemException UNAVAILABLE if the key can neither be taken nor looked up now
     */
    Entry begin(String key, String fingerprint, Duration lease);

    /**
     * Keeps a key for a call that goes on, unless it was taken by another since the lease is over. A lease that lasts longer already stays as it is.
     *
     * @param key the key
     * @param token what {@link #begin} gave when the key was taken
     * @param lease how long the key is kept from now on
     * @return whether the key was still the caller's
     * @throws io.betrue.errors.ProblemException UNAVAILABLE if nothing can be kept now
     */
    boolean renew(String key, String token, Duration lease);

    /**
     * Keeps how a call ended, unless the key was taken by another since the lease is over: what that one does counts.
     *
     * @param key the key
     * @param token what {@link #begin} gave when the key was taken
     * @param outcome how it ended
     * @param keep how long to remember
     * @return whether the key was still the caller's
     */
    boolean end(String key, String token, Outcome outcome, Duration keep);

    /**
     * Gives a key up, unless it was taken by another since the lease is over: the call failed in a way that another try may mend.
     *
     * @param key the key
     * @param token what {@link #begin} gave when the key was taken
     * @return whether the key was still the caller's
     */
    boolean release(String key, String token);

    /**
     * {@return a store in the memory of this process: for tests, and where losing it with the process is no harm. Beyond its size it forgets the calls that ended first; those
     * that run are never forgotten, and where all keys are theirs a further one is UNAVAILABLE}
     *
     * @param most how many keys, 1 to 10 million
     * @throws IllegalArgumentException if the size is out of range
     */
    static IdempotencyStore inMemory(int most) {
        return new MemoryIdempotency(most, System::nanoTime);
    }
}
