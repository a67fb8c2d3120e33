package io.betrue.examples.microservices;

import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.examples.wallet.telemetry.TelemetryConfig;
import io.betrue.process.Run;
import java.time.Duration;

/** How a process comes by its instruments: as its first part, so that they see all others begin and end. */
final class Instrumented {
    private static final Duration LATER = Duration.ofSeconds(2);

    private Instrumented() {}

    /** {@return the instruments of a process} */
    static Instruments in(Run run, TelemetryConfig config, String role) {
        Instruments instruments = Instruments.of(config, role);
        run.step(
                "telemetry",
                instruments::start,
                instruments::close,
                part -> part.stopWithin(Instruments.STOP.plus(LATER)));
        return instruments;
    }
}
