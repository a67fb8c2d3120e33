package io.betrue.examples.monolith;

import java.util.Optional;

/** Whether this instance wants requests. Safe for use by multiple threads. */
final class Readiness {
    private enum Phase {
        STARTING,
        SERVING,
        DRAINING
    }

    private final Database database;
    private volatile Phase phase = Phase.STARTING;

    Readiness(Database database) {
        this.database = database;
    }

    void serving() {
        phase = Phase.SERVING;
    }

    void draining() {
        phase = Phase.DRAINING;
    }

    boolean isStarting() {
        return phase == Phase.STARTING;
    }

    /** {@return why requests should go elsewhere; empty when this instance is ready} */
    Optional<String> obstacle() {
        return switch (phase) {
            case STARTING -> Optional.of("starting");
            case DRAINING -> Optional.of("draining");
            case SERVING -> database.answers() ? Optional.empty() : Optional.of("no database");
        };
    }
}
