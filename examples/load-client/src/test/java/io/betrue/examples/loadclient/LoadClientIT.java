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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program in a process of its own. */
class LoadClientIT {
    private static final Pattern PROGRESS = Pattern.compile(" +([0-9]+) s  sent ");

    @TempDir
    Path folder;

    @Test
    void killedClientLeavesHistoryThatCanBeChecked() throws Exception {
        Path history = folder.resolve("history.jsonl");
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            Process run = start("run", "--url", server.url(), "--users", "5", "--history", history.toString());
            var unused = waitForSecond(run, 2);
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
            BufferedReader lines = waitForSecond(run, 1);
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

    /** Waits for the line of a second; a busy machine may pass over one. */
    private static BufferedReader waitForSecond(Process process, int second) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        List<String> said = new ArrayList<>();
        String line = lines.readLine();
        while (line != null && second(line) < second && System.nanoTime() < until) {
            said.add(line);
            line = lines.readLine();
        }
        assertThat(line).as(String.join("\n", said)).isNotNull();
        return lines;
    }

    private static int second(String line) {
        Matcher progress = PROGRESS.matcher(line);
        return progress.lookingAt() ? Integer.parseInt(progress.group(1)) : 0;
    }
}
