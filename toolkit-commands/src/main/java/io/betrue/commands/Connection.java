package io.betrue.commands;

import io.betrue.errors.Problem;

/**
 * What calls come over when it outlasts them, a WebSocket say, so that its client can be told things that it did not ask for. It is known where the client is connected
 * and never sent between processes. Implementations are safe for use by multiple threads.
 */
public interface Connection {
    /** {@return its name: a random text of at most 64 characters that nobody can guess, and that no other connection ever has} */
    String id();

    /** {@return where it comes from, an IP address say} */
    String peer();

    /**
     * Sends without waiting. What is sent arrives in the order of these calls, or not at all because the connection ended.
     *
     * @param push what to send
     * @return whether it was taken; false if the connection is closed, or is closed now because its client reads too slowly
     */
    boolean send(Push push);

    /**
     * Closes it after what was sent before, and tells the client why. Closing twice does no harm.
     *
     * @param why the reason
     */
    void close(Problem why);

    /**
     * Registers what is to be done when the connection has ended, whoever ended it; at once if that is so already, else in a thread of somebody else, so it must be
     * quick.
     *
     * @param listener what to do, once
     * @return ends the registration
     */
    Cancellation.Registration onClose(Runnable listener);
}
