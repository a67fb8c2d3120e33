package io.betrue.examples.wallet;

import io.betrue.process.Readiness;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether a process wants requests. Safe for use by multiple threads. */
public final class Health {
    private final Supplier<Readiness> readiness;
    private final Supplier<Optional<String>> fault;

    /**
     * @param readiness of the process
     * @param fault says what is wrong with what the process needs; empty when all is well. Asked only while the process wants work
     */
    public Health(Supplier<Readiness> readiness, Supplier<Optional<String>> fault) {
        this.readiness = readiness;
        this.fault = fault;
    }

    /** {@return whether it is not yet ready for the first time} */
    public boolean isStarting() {
        return readiness.get() == Readiness.STARTING;
    }

    /** {@return whether it is about to end} */
    boolean isLeaving() {
        return readiness.get() == Readiness.STOPPING;
    }

    /** {@return why requests should go elsewhere; empty when they should come} */
    public Optional<String> obstacle() {
        return switch (readiness.get()) {
            case STARTING -> Optional.of("starting");
            case STOPPING -> Optional.of("draining");
            case READY -> fault.get();
        };
    }
}
