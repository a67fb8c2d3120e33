package io.betrue.jobs.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.postgres.PostgresJobs;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A trace goes from whoever publishes to each consumer, also of events that have waited for others. */
class EventTelemetryIT extends EventsFixture {
    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    @Test
    @SuppressWarnings("try") // the scopes are there to be closed
    void linksEachDeliveryToWhoeverPublished() {
        PostgresJobs jobs = closing(PostgresJobs.create(pool, config -> {}));
        Events events = closing(Events.create(
                pool, jobs, config -> config.worker(worker -> worker.openTelemetry(TELEMETRY.getOpenTelemetry()))));
        events.consumer("book", DEPOSITED, EventsFixture::see);
        events.declare();
        List<String> published = new ArrayList<>();
        for (int n = 1; n <= 3; n++) { // nobody takes them yet: the later ones will find the first before them
            Span span = TELEMETRY
                    .getOpenTelemetry()
                    .getTracer("test")
                    .spanBuilder("publish")
                    .startSpan();
            try (Scope scope = span.makeCurrent()) {
                publish(events, new Deposited("a", n));
            } finally {
                span.end();
            }
            published.add(span.getSpanContext().getTraceId());
        }
        events.start();
        awaitDelivered();
        await("spans", () -> links().containsAll(published));
        List<String> deliveries =
                jdbi.withHandle(handle -> handle.createQuery("select key || n from public.seen order by place")
                        .mapTo(String.class)
                        .list());
        assertThat(deliveries).containsExactly("a1", "a2", "a3");
        assertThat(links()).isSubsetOf(published);
    }

    /** Also those that have waited behind others of their key: the trace is that of the event. */
    @Test
    @SuppressWarnings("try") // the scopes are there to be closed
    void deliversInTheTraceOfWhoeverPublishedWhereThatIsWanted() {
        PostgresJobs jobs = closing(PostgresJobs.create(pool, config -> {}));
        Events events = closing(Events.create(
                pool,
                jobs,
                config -> config.worker(worker ->
                        worker.openTelemetry(TELEMETRY.getOpenTelemetry()).joinTraces())));
        events.consumer("book", DEPOSITED, EventsFixture::see);
        events.declare();
        List<String> publishers = new ArrayList<>();
        for (int n = 1; n <= 3; n++) {
            Span span = TELEMETRY
                    .getOpenTelemetry()
                    .getTracer("test")
                    .spanBuilder("publish")
                    .startSpan();
            try (Scope scope = span.makeCurrent()) {
                publish(events, new Deposited("a", n));
            } finally {
                span.end();
            }
            publishers.add(span.getSpanContext().getTraceId() + "/"
                    + span.getSpanContext().getSpanId());
        }
        events.start();
        awaitDelivered();
        await("spans", () -> parents().containsAll(publishers));
        assertThat(parents()).hasSameElementsAs(publishers);
        assertThat(links()).as("a parent is no link").isEmpty();
    }

    private static List<String> parents() {
        return TELEMETRY.getSpans().stream()
                .filter(span -> span.getName().equals("process events/book"))
                .map(span -> span.getTraceId() + "/" + span.getParentSpanId())
                .toList();
    }

    private static List<String> links() {
        return TELEMETRY.getSpans().stream()
                .filter(span -> span.getName().equals("process events/book"))
                .map(SpanData::getLinks)
                .flatMap(List::stream)
                .map(LinkData::getSpanContext)
                .map(context -> context.getTraceId())
                .toList();
    }
}
