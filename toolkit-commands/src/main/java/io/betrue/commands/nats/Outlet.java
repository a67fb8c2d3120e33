package io.betrue.commands.nats;

/** Where one side of a call puts frames for the other. Safe for use by multiple threads. */
@FunctionalInterface
interface Outlet {
    /**
     * Sends a frame, without waiting for anything.
     *
     * @return whether it could be handed to the connection
     */
    boolean send(Frame frame);
}
