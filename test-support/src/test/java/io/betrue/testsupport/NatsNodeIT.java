package io.betrue.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a connection of jnats may be interrupted
class NatsNodeIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void keepsItsPortAndItsStreamsOverAKill() throws Exception {
        long start = System.nanoTime();
        try (NatsNode node = NatsNode.start()) {
            System.out.println("started a NATS server in " + (System.nanoTime() - start) / 1_000_000 + " ms");
            String url = node.url();
            publish(node, "before");

            node.kill();
            assertThat(node.isRunning()).isFalse();
            assertThatThrownBy(() -> connect(node).close()).isInstanceOf(IOException.class);
            node.startAgain();

            assertThat(node.url()).isEqualTo(url);
            assertThat(messages(node)).isEqualTo(1);
        }
    }

    // tag::harm[]
    @Test
    void keepsWhatWasAcknowledgedOverAStop() throws Exception {
        try (NatsNode node = NatsNode.start()) {
            publish(node, "before");
            node.stop();
            node.startAgain();
            publish(node, "after");

            assertThat(messages(node)).isEqualTo(2);
        }
    }
    // end::harm[]

    @Test
    void answersNobodyWhileItIsFrozen() throws Exception {
        try (NatsNode node = NatsNode.start();
                Connection connection = connect(node)) {
            node.pause();
            node.pause();
            assertThat(node.isRunning()).isFalse();
            assertThatThrownBy(() -> connection.flush(Duration.ofMillis(200))).isInstanceOf(TimeoutException.class);

            node.resume();
            node.resume();
            node.awaitReady();
            connection.flush(LIMIT);
            assertThat(connection.getStatus()).isEqualTo(Connection.Status.CONNECTED);
        }
    }

    @Test
    void stopsInOrderAlsoWhenFrozen() throws Exception {
        try (NatsNode node = NatsNode.start()) {
            node.pause();
            node.stop();

            assertThat(node.isRunning()).isFalse();
            assertThat(node.log()).content().contains("Initiating Shutdown");
            node.startAgain();
            assertThat(node.isRunning()).isTrue();
        }
    }

    @Test
    void takesSettings() throws Exception {
        try (NatsNode node = NatsNode.start("authorization { user: ann, password: secret }\nmax_payload: 4096")) {
            assertThatThrownBy(() -> connect(node).close()).hasMessageContaining("Authorization");

            Options options = Options.builder()
                    .server(node.url())
                    .userInfo("ann", "secret")
                    .build();
            try (Connection connection = Nats.connect(options)) {
                assertThat(connection.getMaxPayload()).isEqualTo(4096);
                assertThat(connection.getServerInfo().isJetStreamAvailable()).isTrue();
            }
        }
    }

    @Test
    void tellsWhatTheServerSaidWhenItDoesNotStart() {
        assertThatThrownBy(() -> NatsNode.start("no_such_setting: 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("no_such_setting");
    }

    @Test
    void waitsUntilAnotherProgramLeavesItsPort() throws Exception {
        try (NatsNode node = NatsNode.start()) {
            node.stop();
            int port = URI.create(node.url()).getPort();
            CompletableFuture<Void> started;
            try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(other.isBound()).isTrue();
                started = CompletableFuture.runAsync(node::startAgain);
                assertThat(Waiting.until(LIMIT, () -> says(node.log(), "address already in use")))
                        .isTrue();
                assertThat(started).isNotDone();
            }
            assertThat(started).succeedsWithin(LIMIT);
            assertThat(node.isRunning()).isTrue();
        }
    }

    @Test
    void refusesWhatHasNoSense() {
        NatsNode node = NatsNode.start();
        assertThatThrownBy(node::startAgain)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kill or stop");
        node.kill();
        node.kill();
        node.stop();
        assertThatThrownBy(node::pause)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not run");
        assertThatThrownBy(node::awaitReady)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not run");
        node.close();
        node.close();
        assertThatThrownBy(node::startAgain)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(node.log().getParent()).doesNotExist();
    }

    @Test
    void endsWithAJvmThatIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var reader = jvm.inputReader()) {
            ProcessHandle server =
                    ProcessHandle.of(Long.parseLong(reader.readLine())).orElseThrow();
            Path folder = Path.of(reader.readLine());
            assertThat(server.isAlive()).isTrue();
            assertThat(folder).exists();

            jvm.destroyForcibly();

            assertThat(server.onExit()).succeedsWithin(LIMIT);
            assertThat(Waiting.until(LIMIT, () -> !Files.exists(folder))).isTrue();
        } finally {
            jvm.destroyForcibly();
        }
    }

    /** A JVM that starts a server, tells its number and its folder, and stays until it is killed. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws IOException {
            NatsNode node = NatsNode.start();
            System.out.println(ProcessHandle.current()
                    .children()
                    .filter(child -> child.info().commandLine().orElse("").contains("--server_name=" + node.name()))
                    .findFirst()
                    .orElseThrow()
                    .pid());
            System.out.println(node.log().getParent());
            System.exit(System.in.read());
        }
    }

    private static boolean says(Path log, String text) {
        try {
            return Files.readString(log).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private static Connection connect(NatsNode node) throws IOException, InterruptedException {
        return Nats.connect(Options.builder()
                .server(node.url())
                .noReconnect()
                .errorListener(new ErrorListener() {})
                .build());
    }

    private static void publish(NatsNode node, String text) throws Exception {
        try (Connection connection = connect(node)) {
            connection
                    .jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("notes")
                            .subjects("notes")
                            .build());
            connection.jetStream().publish("notes", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static long messages(NatsNode node) throws Exception {
        try (Connection connection = connect(node)) {
            return connection
                    .jetStreamManagement()
                    .getStreamInfo("notes")
                    .getStreamState()
                    .getMsgCount();
        }
    }
}
