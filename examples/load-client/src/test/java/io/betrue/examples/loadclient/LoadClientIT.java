package io.betrue.examples.loadclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program in a process of its own. */
class LoadClientIT {
    @TempDir
    Path folder;

    @Test
    void killedClientLeavesHistoryThatCanBeChecked() throws Exception {
        Path history = folder.resolve("history.jsonl");
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            Process run = start("run", "--url", server.url(), "--users", "5", "--history", history.toString());
            var unused = waitForLine(run, "   2 s  sent ");
            run.destroyForcibly().waitFor();

            Process check = start("check", "--url", server.url(), "--history", history.toString());
            String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(check.waitFor()).as(output).isZero();
            assertThat(output).containsPattern("ok +acknowledged-once +[1-9][0-9]* acknowledged");
        }
    }

    @Test
    void terminatedClientEndsInOrder() throws Exception {
        Path history = folder.resolve("history.jsonl");
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            Process run = start("run", "--url", server.url(), "--users", "5", "--history", history.toString());
            BufferedReader lines = waitForLine(run, "   1 s  sent ");
            run.toHandle().destroy(); // unlike Process.destroy() this leaves the output open
            String rest = lines.lines().collect(Collectors.joining("\n"));

            assertThat(run.waitFor()).isEqualTo(143);
            assertThat(rest).containsPattern("(?m)^sent ([0-9]+), ended \\1, not sent 0, unexpected 0$");
        }
    }

    @Test
    void wrongCommandLineEndsWithTwo() throws Exception {
        assertThat(start("dance").waitFor()).isEqualTo(2);
        assertThat(start().waitFor()).isEqualTo(2);
        assertThat(start(
                                "run",
                                "--url",
                                "http://192.0.2.1",
                                "--history",
                                folder.resolve("h").toString())
                        .waitFor())
                .isEqualTo(2);
        assertThat(Files.exists(folder.resolve("h"))).isFalse();
    }

    private static Process start(String... args) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-jar", "target/load-client.jar"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static BufferedReader waitForLine(Process process, String start) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String line = lines.readLine();
        while (line != null && !line.startsWith(start) && System.nanoTime() < until) {
            line = lines.readLine();
        }
        assertThat(line).startsWith(start);
        return lines;
    }
}
