package io.betrue.examples.wallet.telemetry;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.util.List;
import java.util.Set;

/**
 * How long HTTP requests take, by route: {@code http.server.request.duration} of OpenTelemetry's conventions for HTTP. There is no span for them: a command has one, whichever way it comes in. Safe for
 * use by multiple threads.
 */
public final class Requests {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final Set<String> METHODS =
            Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE");
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
    private static final double MILLIS = 1000;
    private static final int SERVER_FAULT = 500;

    private final DoubleHistogram duration;

    Requests(OpenTelemetry telemetry) {
        duration = telemetry
                .getMeter(Instruments.SCOPE)
                .histogramBuilder("http.server.request.duration")
                .setUnit("s")
                .setDescription("Duration of HTTP requests that came here")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    /**
     * Counts a request that has been answered.
     *
     * @param ctx the request
     * @param millis how long it took
     */
    public void answered(Context ctx, float millis) {
        String method = ctx.method().name();
        int status = ctx.statusCode();
        AttributesBuilder attributes = Attributes.builder()
                .put(METHOD, METHODS.contains(method) ? method : "_OTHER")
                .put(SCHEME, ctx.scheme())
                .put(STATUS, (long) status);
        Endpoint route = ctx.endpoints().matchedHttpEndpoint();
        if (route != null) {
            attributes.put(ROUTE, route.path);
        }
        if (status >= SERVER_FAULT) {
            attributes.put(ERROR_TYPE, Integer.toString(status));
        }
        duration.record(millis / MILLIS, attributes.build());
    }
}
