package io.betrue.examples.wallet.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Lets the id of a trace decide whether it is recorded, in every process alike, and never what a stranger says in a header: that could have everything recorded, or nothing. Requests that come without a trace have
 * one from {@code ErrorsPlugin}, marked as not sampled, and are judged like all others. Spans below one of this process follow it. Safe for use by multiple threads.
 */
final class ByTraceId implements Sampler {
    private final double share;
    private final Sampler judge;

    /** @param share of all traces, 0 to 1 */
    ByTraceId(double share) {
        this.share = share;
        this.judge = Sampler.traceIdRatioBased(share);
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        SpanContext above = Span.fromContext(parent).getSpanContext();
        if (above.isValid() && !above.isRemote()) {
            return above.isSampled() ? SamplingResult.recordAndSample() : SamplingResult.drop();
        }
        return judge.shouldSample(parent, traceId, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "ByTraceId{" + share + "}";
    }

    @Override
    public String toString() {
        return getDescription();
    }
}
