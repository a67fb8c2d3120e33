package io.betrue.commands.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Measured;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
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

    private long ended(String by) {
        return Measured.of(telemetry, "betrue.websocket.ended", by);
    }

    @Test
    void countsThoseThatAreOpenAndThoseThatClientsEnded() throws InterruptedException {
        try (Peer one = Peer.connect(desk.port());
                Peer two = Peer.connect(desk.port())) {
            one.awaitMember("hello");
            two.awaitMember("hello");
            assertThat(open()).isEqualTo(2);
        }
        assertThat(desk.soonHas(0)).isTrue();
        desk.close(); // all is counted that ended
        assertThat(ended("CLIENT")).isEqualTo(2);
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
        assertThat(desk.soonHas(0)).isTrue();
        desk.close();
        assertThat(ended("SLOW_CLIENT")).isEqualTo(1);
    }

    @Test
    void countsThoseThatAStopEnds() throws InterruptedException {
        try (Peer peer = Peer.connect(desk.port())) {
            peer.awaitMember("hello");
            desk.close();
            assertThat(ended("UNAVAILABLE")).isEqualTo(1);
        }
    }
}
