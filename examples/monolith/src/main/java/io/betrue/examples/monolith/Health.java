package io.betrue.examples.monolith;

import io.betrue.process.Readiness;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether this instance wants requests. Safe for use by multiple threads. */
final class Health {
    private final Database database;
    private final Supplier<Readiness> readiness;

    Health(Database database, Supplier<Readiness> readiness) {
        this.database = database;
        this.readiness = readiness;
    }

    boolean isStarting() {
        return readiness.get() == Readiness.STARTING;
    }

    /** {@return why requests should go elsewhere; empty when this instance is ready} */
    Optional<String> obstacle() {
        return switch (readiness.get()) {
            case STARTING -> Optional.of("starting");
            case STOPPING -> Optional.of("draining");
            case READY -> database.answers() ? Optional.empty() : Optional.of("no database");
        };
    }
}
