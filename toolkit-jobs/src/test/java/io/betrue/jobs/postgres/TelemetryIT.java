package io.betrue.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.testsupport.TestDatabase;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

    /** Runs handlers on threads that come with a trace and leave nothing behind, as those of an application may. */
    private static final class Threads implements Executor, AutoCloseable {
        private final ExecutorService threads = Executors.newSingleThreadExecutor();
        private final Context context;
        final BlockingQueue<Map<String, String>> leftovers = new LinkedBlockingQueue<>();

        Threads(Context context) {
            this.context = context;
        }

        @Override
        public void execute(Runnable task) {
            threads.execute(context.wrap(() -> {
                task.run();
                Map<String, String> left = MDC.getCopyOfContextMap();
                leftovers.add(left == null ? Map.of() : left);
            }));
        }

        @Override
        public void close() {
            threads.shutdown();
        }
    }

    private static Span started(String name) {
        return TELEMETRY.getOpenTelemetry().getTracer("test").spanBuilder(name).startSpan();
    }

    @Test
    void linksWhoRunsAJobToWhoEnqueuedItAndCounts() throws Exception {
        BlockingQueue<SpanContext> spansInHandler = new LinkedBlockingQueue<>();
        BlockingQueue<Map<String, String>> mdcInHandler = new LinkedBlockingQueue<>();
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        EnqueuedJob job;
        Span elsewhere = started("elsewhere");
        try (Threads threads = new Threads(Context.root().with(elsewhere));
                PostgresJobs jobs = PostgresJobs.create(
                        DATABASE.dataSource(), config -> config.openTelemetry(TELEMETRY.getOpenTelemetry()))) {
            Span caller = started("caller");
            try (Scope current = caller.makeCurrent()) {
                assertThat(current).isNotNull();
                job = jobs.enqueue(MAIL, new Mail("ann"));
            } finally {
                caller.end();
            }
            try (Worker worker = jobs.worker(w -> w.queue("mails", 1)
                    .executor(threads)
                    .openTelemetry(TELEMETRY.getOpenTelemetry())
                    .listener((type, queue, outcome, took) ->
                            ended.add(outcome.getClass().getSimpleName()))
                    .handle(MAIL, (context, mail) -> {
                        spansInHandler.add(Span.current().getSpanContext());
                        mdcInHandler.add(MDC.getCopyOfContextMap());
                        if (context.attempt() == 1) {
                            throw new IllegalStateException("first attempt");
                        }
                    }))) {
                worker.start();
                assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo("Retried");
                assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo("Succeeded");
                assertThat(threads.leftovers.poll(20, TimeUnit.SECONDS))
                        .as("the MDC after a job")
                        .isEmpty();
            }
        } finally {
            elsewhere.end();
        }

        SpanData sent = span("send mails", 0);
        SpanData caller = span("caller", 0);
        assertThat(sent.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(sent.getParentSpanId()).isEqualTo(caller.getSpanId());
        for (int attempt = 0; attempt < 2; attempt++) {
            SpanData processed = span("process mails", attempt);
            assertThat(processed.getKind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(processed.getSpanContext()).isEqualTo(spansInHandler.poll());
            assertThat(processed.getParentSpanId()).as("a trace of its own").isEqualTo(SpanId.getInvalid());
            assertThat(processed.getTraceId())
                    .isNotIn(sent.getTraceId(), span("elsewhere", 0).getTraceId());
            assertThat(mdcInHandler.poll())
                    .isEqualTo(Map.of(
                            "job.id", Long.toString(job.id()), "job.type", "mail", "job.attempt", "" + (attempt + 1)));
            assertThat(processed.getLinks()).singleElement().satisfies(link -> {
                assertThat(link.getSpanContext().getTraceId()).isEqualTo(sent.getTraceId());
                assertThat(link.getSpanContext().getSpanId()).isEqualTo(sent.getSpanId());
            });
            assertThat(processed.getAttributes().asMap())
                    .containsEntry(AttributeKey.stringKey("messaging.destination.name"), "mails")
                    .containsEntry(AttributeKey.stringKey("messaging.message.id"), Long.toString(job.id()))
                    .containsEntry(AttributeKey.stringKey("messaging.system"), "betrue_jobs")
                    .containsEntry(AttributeKey.stringKey("messaging.operation.name"), "process")
                    .containsEntry(AttributeKey.stringKey("messaging.operation.type"), "process")
                    .containsEntry(AttributeKey.stringKey("job.type"), "mail")
                    .containsEntry(OUTCOME, attempt == 0 ? "retried" : "succeeded")
                    .containsEntry(AttributeKey.longKey("job.attempt"), attempt + 1L);
        }
        assertThat(span("process mails", 0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span("process mails", 0).getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(span("process mails", 1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);

        assertThat(metric("messaging.process.duration").getHistogramData().getPoints())
                .extracting(point -> point.getAttributes().get(OUTCOME), HistogramPointData::getCount)
                .containsExactlyInAnyOrder(tuple("retried", 1L), tuple("succeeded", 1L));
        assertThat(metric("messaging.process.duration").getUnit()).isEqualTo("s");
        assertThat(metric("messaging.client.consumed.messages").getLongSumData().getPoints())
                .extracting(point -> point.getAttributes().get(OUTCOME), LongPointData::getValue)
                .containsExactlyInAnyOrder(tuple("retried", 1L), tuple("succeeded", 1L));
    }

    @Test
    void linksToTheCallerWhereEnqueuingMakesNoSpan() throws Exception {
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        Span caller = started("caller");
        try (PostgresJobs jobs = PostgresJobs.create(DATABASE.dataSource(), config -> {});
                Worker worker = jobs.worker(w -> w.queue("plain", 1)
                        .openTelemetry(TELEMETRY.getOpenTelemetry())
                        .listener((type, queue, outcome, took) -> ended.add(queue))
                        .handle(MAIL, (context, mail) -> {}))) {
            try (Scope current = caller.makeCurrent()) {
                assertThat(current).isNotNull();
                jobs.enqueue(JobRequest.of(MAIL, new Mail("bob")).queue("plain"));
            } finally {
                caller.end();
            }
            worker.start();
            assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo("plain");
        }
        assertThat(span("process plain", 0).getLinks())
                .singleElement()
                .extracting(link -> link.getSpanContext().getSpanId())
                .isEqualTo(caller.getSpanContext().getSpanId());
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
