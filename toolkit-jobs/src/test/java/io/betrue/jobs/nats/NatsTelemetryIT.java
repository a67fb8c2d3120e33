package io.betrue.jobs.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NatsTelemetryIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    record Mail(String to) {}

    private static final JobType<Mail> MAIL = JobType.of("mail", Mail.class);

    @Test
    @SuppressWarnings("try")
    void carriesTheTraceOfWhoEnqueuesInAHeaderField() throws Exception {
        String namespace = NATS.namespace();
        CountDownLatch ran = new CountDownLatch(1);
        Span caller = TELEMETRY
                .getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("caller")
                .startSpan();
        try (Connection connection = Nats.connect(NATS.url());
                NatsJobs jobs = NatsJobs.create(
                        connection,
                        config -> config.namespace(namespace).openTelemetry(TELEMETRY.getOpenTelemetry()))) {
            long id;
            try (Scope current = caller.makeCurrent()) {
                id = jobs.enqueue(MAIL, new Mail("ann")).id();
            } finally {
                caller.end();
            }
            Stored waiting = Objects.requireNonNull(
                    new Wire(connection).last(namespace + "-work", namespace + ".work.*.*." + id));
            assertThat(waiting.headers().getFirst("traceparent"))
                    .startsWith("00-" + caller.getSpanContext().getTraceId());
            try (Worker worker = jobs.worker(
                    w -> w.openTelemetry(TELEMETRY.getOpenTelemetry()).handle(MAIL, (job, mail) -> ran.countDown()))) {
                worker.start();
                assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            }
            Namespaces.remove(connection, namespace);
        }
        List<SpanData> spans = TELEMETRY.getSpans();
        SpanData send = named(spans, "send default");
        SpanData process = named(spans, "process default");
        assertThat(send.getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
        assertThat(process.getLinks())
                .anyMatch(link -> link.getSpanContext().getSpanId().equals(send.getSpanId()));
    }

    private static SpanData named(List<SpanData> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " among " + spans));
    }
}
