package io.betrue.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNatsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Test
    void answersWithJetStreamAndSaysWhatItDoes() {
        try (LocalNats server = start(0, true)) {
            assertThat(server.url()).matches("nats://127\\.0\\.0\\.1:[1-9][0-9]+");
            assertThat(server.end()).isNotDone();
        }
        assertThat(lines)
                .anyMatch(line -> line.contains("JetStream"))
                .anyMatch(line -> line.contains("Server is ready"));
        assertThat(folder).exists();
    }

    @Test
    void leavesNothingWhenItIsNotKept() throws Exception {
        LocalNats server = start(0, false);
        server.close();
        server.close();
        assertThat(server.end().get(30, TimeUnit.SECONDS)).isNotNegative();
        assertThat(folder).doesNotExist();
    }

    @Test
    void tellsItsEnd() throws Exception {
        try (LocalNats server = start(0, true)) {
            server.abort();
            assertThat(server.end().get(30, TimeUnit.SECONDS)).isEqualTo(137);
        }
    }

    @Test
    void saysThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> start(port, true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("on port " + port)
                    .hasMessageContaining("address already in use");
        }
    }

    private LocalNats start(int port, boolean kept) {
        return LocalNats.start(NatsRelease.USUAL, new LocalNatsOptions(folder, port, kept, PATIENCE), lines::add);
    }
}
