package io.betrue.localservers;

import java.nio.file.Path;

/** Which {@code nats-server} is wanted. */
public enum NatsRelease {
    /** What the machine has, mostly the oldest that is supported: {@code NATS_SERVER}, the {@code PATH}, the distribution's package. */
    USUAL,
    /** 2.12 or later, which keeps message schedules: {@code NATS_SERVER_SCHEDULES}, what the machine has where that is new enough, Debian's newest package. */
    SCHEDULES;

    /**
     * {@return the program, looked for once in a process}
     *
     * @throws IllegalStateException if there is none, with what to do about it
     */
    public Path program() {
        return NatsProgram.shared(this);
    }
}
