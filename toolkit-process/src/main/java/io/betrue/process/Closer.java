package io.betrue.process;

/**
 * How something that was started is stopped.
 *
 * @param <T> what was started
 */
@FunctionalInterface
public interface Closer<T> {
    /**
     * Stops it, and returns when it has stopped.
     *
     * @param started what the start returned
     * @throws Exception if it does not stop in good order
     */
    void close(T started) throws Exception;
}
