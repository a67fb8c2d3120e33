package io.betrue.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** {@link ShopMain} in a JVM of its own. */
final class ShopProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    /** The bits of SIGHUP and SIGINT in the kernel's sets of signals. */
    private static final long HUP_AND_INT = 1L | 1L << 1;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Process process;
    private final Thread reader;

    ShopProcess(String... arguments) throws IOException {
        this(List.of(), arguments);
    }

    /** Hands options to the JVM too. */
    ShopProcess(List<String> jvm, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isDeaf()) { // children of a background shell are born so
            command.addAll(List.of("env", "--default-signal=INT,HUP"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(jvm);
        command.add(ShopMain.class.getName());
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = new Thread(this::read, "reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Whether this process, and so its children, was started to ignore SIGINT or SIGHUP; only Linux tells. */
    private static boolean isDeaf() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> Long.parseUnsignedLong(line.substring(line.indexOf('\t') + 1), 16))
                        .anyMatch(ignored -> (ignored & HUP_AND_INT) != 0);
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add(e.toString()); // the process was ended by force
        }
    }

    ShopProcess awaitLine(String part) {
        Eventually.holds(() -> lines.stream().anyMatch(line -> line.contains(part)), part + " in " + lines);
        return this;
    }

    ShopProcess signal(String name) throws Exception {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
        assertThat(kill.waitFor()).isZero();
        return this;
    }

    void type(String text) throws IOException {
        try (OutputStream input = process.getOutputStream()) {
            input.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    int awaitExit() throws Exception {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(() -> "it has ended: " + lines)
                .isTrue();
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)); // until then the last words may be missing
        return process.exitValue();
    }

    List<String> lines() {
        return lines;
    }

    /** {@return the lines that parts have written} */
    List<String> events() {
        return lines.stream().filter(line -> line.matches("[-+!][a-z]+")).toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
