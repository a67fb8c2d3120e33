package io.betrue.commands;

import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;

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

    private static long number(PointData point) {
        return point instanceof HistogramPointData times ? times.getCount() : ((LongPointData) point).getValue();
    }
}
