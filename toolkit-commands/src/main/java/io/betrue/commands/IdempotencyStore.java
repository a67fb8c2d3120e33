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
     */
    record Entry(State state, String fingerprint, @Nullable Outcome outcome) {}

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
     * @param lease how long the key is kept for a call that neither ends nor gives it up, because its process was killed
     * @return NEW if the key is the caller's now, else what is known
     */
    Entry begin(String key, String fingerprint, Duration lease);

    /**
     * Keeps how a call ended.
     *
     * @param key the key
     * @param outcome how it ended
     * @param keep how long to remember
     */
    void end(String key, Outcome outcome, Duration keep);

    /**
     * Gives a key up: the call failed in a way that another try may mend.
     *
     * @param key the key
     */
    void release(String key);

    /**
     * {@return a store in the memory of this process, which forgets the oldest beyond its size: for tests, and where losing it with the process is no harm}
     *
     * @param most how many keys, 1 to 10 million
     * @throws IllegalArgumentException if the size is out of range
     */
    static IdempotencyStore inMemory(int most) {
        return new MemoryIdempotency(most, System::nanoTime);
    }
}
