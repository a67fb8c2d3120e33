package io.betrue.commands.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Measured;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is counted of connections. */
class WebSocketMetricsHttpTest extends DeskFixture {
    @RegisterExtension
    final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

    @BeforeEach
    void count() {
        serve(ws -> ws.telemetry(telemetry.getOpenTelemetry()));
    }

    private long open() {
        return Measured.of(telemetry, "betrue.websocket.connections");
    }

    /** A connection is forgotten first, then counted. */
    private void soonEnded(String by, long connections) throws InterruptedException {
        long end = System.nanoTime() + Peer.PATIENCE.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (Measured.of(telemetry, "betrue.websocket.ended", by) != connections && System.nanoTime() < end) {
            never.await(5, TimeUnit.MILLISECONDS);
        }
        assertThat(Measured.of(telemetry, "betrue.websocket.ended")).isEqualTo(connections);
        assertThat(Measured.of(telemetry, "betrue.websocket.ended", by)).isEqualTo(connections);
    }

    @Test
    void countsThoseThatAreOpenAndThoseThatClientsEnded() throws InterruptedException {
        try (Peer one = Peer.connect(desk.port());
                Peer two = Peer.connect(desk.port())) {
            one.awaitMember("hello");
            two.awaitMember("hello");
            assertThat(open()).isEqualTo(2);
        }
        soonEnded("CLIENT", 2);
        assertThat(desk.soonHas(0)).isTrue();
        assertThat(open()).isZero();
    }

    @Test
    void countsClientsThatReadTooSlowly() throws InterruptedException {
        try (Peer peer = Peer.unreading(desk.port())) {
            peer.send("{'id':1,'call':'desk/flood','input':{'number':10000}}");
            assertThat(desk.begun()).isEqualTo("flooded with fewer");
            peer.read();
            assertThat(peer.closed()).startsWith("4008 SLOW_CLIENT");
        }
        soonEnded("SLOW_CLIENT", 1);
    }

    @Test
    void countsThoseThatAStopEnds() throws InterruptedException {
        try (Peer peer = Peer.connect(desk.port())) {
            peer.awaitMember("hello");
            desk.stop();
            soonEnded("UNAVAILABLE", 1);
        }
    }
}
