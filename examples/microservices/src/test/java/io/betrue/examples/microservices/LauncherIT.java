package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a launch ends that does not end well. */
class LauncherIT {
    @TempDir
    Path directory;

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Wallet wallet = Wallet.launch(directory, Map.of("GATEWAY_PORTS", "0," + port));
            assertThat(wallet.awaitExit()).isEqualTo(1);
            assertThat(wallet.output())
                    .contains("port " + port + " cannot be had", "GATEWAY_PORTS")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void refusesUnknownArguments() throws Exception {
        Wallet wallet = Wallet.launch(directory, Map.of(), "--emphemeral");
        assertThat(wallet.awaitExit()).isEqualTo(2);
        assertThat(wallet.output()).contains("\"--emphemeral\"");
    }

    @Test
    void endsEverythingLoudlyWhenAProcessDies() throws Exception {
        Wallet wallet = Wallet.ready(directory);
        List<ProcessHandle> all = wallet.all();
        wallet.processesOf("jobs").get(0).destroyForcibly();
        assertThat(wallet.awaitExit()).isEqualTo(1);
        assertThat(wallet.output())
                .containsPattern("launcher +\\| jobs \\(process \\d+\\) ended by itself with status 137");
        assertThat(all).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void nothingOutlivesALauncherThatIsKilled() throws Exception {
        Wallet wallet = Wallet.ready(directory);
        List<ProcessHandle> all = wallet.all();
        wallet.signal("KILL");
        for (ProcessHandle child : all) {
            child.onExit().get(60, TimeUnit.SECONDS);
        }
        assertThat(wallet.awaitExit()).isEqualTo(137);
    }
}
