package io.betrue.commands.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Cancellation;
import io.betrue.commands.Connection;
import io.betrue.commands.Deadline;
import io.betrue.commands.Push;
import io.betrue.errors.Problem;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is seen of an event on its way from the node that sends it to the connections of others. */
class HubTelemetryTest {
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("betrue.hub.outcome");
    private static final Map<String, String> HELLO = Map.of("text", "hello");

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private final Broadcaster broadcaster = Broadcaster.inMemory(HistoryLimits.DEFAULT);
    private Hub sender;
    private Hub receiver;

    /** A connection that takes everything, or nothing. */
    private record Peer(String id, boolean takes, List<String> received) implements Connection {
        Peer(String id, boolean takes) {
            this(id, takes, new CopyOnWriteArrayList<>());
        }

        @Override
        public String peer() {
            return "127.0.0.1";
        }

        @Override
        public boolean send(Push push) {
            received.add(push.json());
            return takes;
        }

        @Override
        public void close(Problem why) {}

        @Override
        public Cancellation.Registration onClose(Runnable listener) {
            return () -> {};
        }
    }

    @BeforeEach
    void start() {
        sender = hub();
        receiver = hub();
    }

    private Hub hub() {
        return Hub.of(h -> h.broadcaster(broadcaster).telemetry(TELEMETRY.getOpenTelemetry()));
    }

    @AfterEach
    void stop() {
        receiver.close();
        sender.close();
        broadcaster.close();
    }

    private static Span caller() {
        return TELEMETRY
                .getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("caller")
                .startSpan();
    }

    @SuppressWarnings("try") // the scope is there to be closed
    private Span sentBy(Audience audience) throws Exception {
        Span caller = caller();
        try (Scope scope = caller.makeCurrent()) {
            sender.send(audience, "chat/said", HELLO).toCompletableFuture().get(20, TimeUnit.SECONDS);
        } finally {
            caller.end();
        }
        return caller;
    }

    @Test
    void anEventOfARoomIsInTheTraceOfItsSenderUntilItIsDelivered() throws Exception {
        Peer anna = new Peer("a", true);
        receiver.join(receiver.enter(anna, null, Set.of()), "room/7", null, Deadline.in(Duration.ofSeconds(20)));
        Span caller = sentBy(Audience.room("room/7"));
        SpanData delivered = awaitSpan("deliver chat/said");
        SpanData sent = awaitSpan("send chat/said");
        assertThat(sent.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(sent.getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
        assertThat(delivered.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(delivered.getTraceId()).isEqualTo(caller.getSpanContext().getTraceId());
        assertThat(delivered.getParentSpanId()).isEqualTo(sent.getSpanId());
        assertThat(delivered.getAttributes().get(AttributeKey.longKey("betrue.hub.taken")))
                .isEqualTo(1);
        assertThat(anna.received())
                .last()
                .asString()
                .contains("hello")
                .as("clients see no traces")
                .doesNotContain(delivered.getTraceId());
    }

    @Test
    void anEventForAUserIsInTheTraceOfItsSenderToo() throws Exception {
        receiver.connect(new Peer("a", true), null, Set.of("blue"));
        Span caller = sentBy(Audience.tag("blue"));
        SpanData delivered = awaitSpan("deliver chat/said");
        assertThat(delivered.getTraceId()).isEqualTo(caller.getSpanContext().getTraceId());
        assertThat(delivered.getParentSpanId())
                .isEqualTo(awaitSpan("send chat/said").getSpanId());
    }

    @Test
    void aNodeWhereNobodyIsDeliversNothing() throws Exception {
        sentBy(Audience.tag("blue"));
        assertThat(awaitSpan("send chat/said").getEvents()).isEmpty();
        assertThat(TELEMETRY.getSpans()).extracting(SpanData::getName).doesNotContain("deliver chat/said");
    }

    @Test
    void countsWhatConnectionsTakeAndRefuse() throws Exception {
        receiver.connect(new Peer("a", true), null, Set.of("blue"));
        receiver.connect(new Peer("b", true), null, Set.of("blue"));
        receiver.connect(new Peer("c", false), null, Set.of("blue"));
        sentBy(Audience.tag("blue"));
        awaitSpan("deliver chat/said");
        assertThat(metric("betrue.hub.deliveries").getLongSumData().getPoints())
                .extracting(point -> point.getAttributes().get(OUTCOME) + " " + point.getValue())
                .containsExactlyInAnyOrder("taken 2", "refused 1");
        assertThat(sum("messaging.client.sent.messages")).isEqualTo(1);
        assertThat(sum("betrue.hub.connections")).isEqualTo(3);
        assertThat(sum("betrue.hub.rooms")).isZero();
    }

    private static MetricData metric(String name) {
        return TELEMETRY.getMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
    }

    private static long sum(String name) {
        return metric(name).getLongSumData().getPoints().stream()
                .mapToLong(LongPointData::getValue)
                .sum();
    }

    private static SpanData awaitSpan(String name) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            for (SpanData span : TELEMETRY.getSpans()) {
                if (span.getName().equals(name)) {
                    return span;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError(name + " is not among " + TELEMETRY.getSpans());
    }
}
