package io.betrue.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.testsupport.TestDatabase;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

class TelemetryIT {
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("job.outcome");

    @RegisterExtension
    static final TestDatabase DATABASE =
            TestDatabase.migratedBy("jobs-telemetry", dataSource -> PostgresJobs.migrate(dataSource, "jobs"));

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    record Mail(String to) {}

    private static final JobType<Mail> MAIL =
            JobType.of("mail", Mail.class).queue("mails").retries(Backoff.constant(Duration.ZERO), 2);

    @Test
    void linksWhoRunsAJobToWhoEnqueuedItAndCounts() throws Exception {
        BlockingQueue<String> traceInHandler = new LinkedBlockingQueue<>();
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        EnqueuedJob job;
        try (PostgresJobs jobs = PostgresJobs.create(
                DATABASE.dataSource(), config -> config.openTelemetry(TELEMETRY.getOpenTelemetry()))) {
            Span caller = TELEMETRY
                    .getOpenTelemetry()
                    .getTracer("test")
                    .spanBuilder("caller")
                    .startSpan();
            try (Scope current = caller.makeCurrent()) {
                assertThat(current).isNotNull();
                job = jobs.enqueue(MAIL, new Mail("ann"));
            } finally {
                caller.end();
            }
            try (Worker worker = jobs.worker(w -> w.queue("mails", 1)
                    .openTelemetry(TELEMETRY.getOpenTelemetry())
                    .listener((type, queue, outcome, took) ->
                            ended.add(outcome.getClass().getSimpleName()))
                    .handle(MAIL, (context, mail) -> {
                        traceInHandler.add(Span.current().getSpanContext().getTraceId());
                        assertThat(MDC.get("job.id")).isEqualTo(Long.toString(context.id()));
                        assertThat(MDC.get("job.type")).isEqualTo("mail");
                        if (context.attempt() == 1) {
                            throw new IllegalStateException("first attempt");
                        }
                    }))) {
                worker.start();
                assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo("Retried");
                assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo("Succeeded");
            }
        }

        SpanData sent = span("send mails", 0);
        SpanData caller = span("caller", 0);
        assertThat(sent.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(sent.getParentSpanId()).isEqualTo(caller.getSpanId());
        for (int attempt = 0; attempt < 2; attempt++) {
            SpanData processed = span("process mails", attempt);
            assertThat(processed.getKind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(processed.getTraceId()).isEqualTo(traceInHandler.poll());
            assertThat(processed.getLinks()).singleElement().satisfies(link -> {
                assertThat(link.getSpanContext().getTraceId()).isEqualTo(sent.getTraceId());
                assertThat(link.getSpanContext().getSpanId()).isEqualTo(sent.getSpanId());
            });
            assertThat(processed.getAttributes().asMap())
                    .containsEntry(AttributeKey.stringKey("messaging.destination.name"), "mails")
                    .containsEntry(AttributeKey.stringKey("messaging.message.id"), Long.toString(job.id()))
                    .containsEntry(AttributeKey.longKey("job.attempt"), attempt + 1L);
        }
        assertThat(span("process mails", 0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span("process mails", 0).getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(span("process mails", 1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);

        assertThat(metric("messaging.process.duration").getHistogramData().getPoints())
                .extracting(HistogramPointData::getCount)
                .containsExactlyInAnyOrder(1L, 1L);
        assertThat(metric("messaging.client.consumed.messages").getLongSumData().getPoints())
                .extracting(point -> point.getAttributes().get(OUTCOME), LongPointData::getValue)
                .containsExactlyInAnyOrder(tuple("retried", 1L), tuple("succeeded", 1L));
    }

    private static SpanData span(String name, int index) {
        return TELEMETRY.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .skip(index)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + TELEMETRY.getSpans()));
    }

    private static MetricData metric(String name) {
        return TELEMETRY.getMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
    }
}
