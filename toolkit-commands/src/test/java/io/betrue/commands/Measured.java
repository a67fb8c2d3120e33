package io.betrue.commands;

import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a test finds among its metrics. */
public final class Measured {
    private Measured() {}

    /**
     * {@return how much was counted, or how often a time was measured}
     *
     * @param telemetry where
     * @param metric the name
     * @param values values of attributes that it must have, whatever they are called
     */
    public static long of(OpenTelemetryExtension telemetry, String metric, String... values) {
        return telemetry.getMetrics().stream()
                .filter(data -> data.getName().equals(metric))
                .flatMap(data -> data.getData().getPoints().stream())
                .filter(point -> point.getAttributes().asMap().values().containsAll(List.of(values)))
                .mapToLong(Measured::number)
                .sum();
    }

    /**
     * {@return the same, as soon as it is so much; a call is counted after its reply has gone}
     *
     * @param expected how much it is to be
     * @param telemetry where
     * @param metric the name
     * @param values values of attributes that it must have
     */
    public static long soon(long expected, OpenTelemetryExtension telemetry, String metric, String... values) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        long found = of(telemetry, metric, values);
        while (found != expected && System.nanoTime() < end) {
            Thread.onSpinWait();
            found = of(telemetry, metric, values);
        }
        return found;
    }

    private static long number(PointData point) {
        return point instanceof HistogramPointData times ? times.getCount() : ((LongPointData) point).getValue();
    }
}
