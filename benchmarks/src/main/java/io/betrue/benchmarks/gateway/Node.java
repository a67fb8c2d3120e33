package io.betrue.benchmarks.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that was started here, and what may be done to it. */
final class Node implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final String PORT = "port ";

    private final String name;
    private final Process process;
    private final int port;

    private Node(String name, List<String> command) {
        this.name = name;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started: " + e.getMessage(), e);
        }
        port = listen();
    }

    /** {@return a process of {@link GatewayNode}, ready} */
    static Node java(String heap, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path")));
        String more = System.getProperty("node.options", "");
        if (!more.isEmpty()) {
            command.addAll(1, List.of(more.split(" ")));
        }
        command.add(GatewayNode.class.getName());
        command.addAll(List.of(arguments));
        return new Node(arguments[0], command);
    }

    /** {@return a process of Moleculer, ready} */
    static Node moleculer(String script, String url) {
        return new Node(script, List.of("node", "benchmarks/moleculer/" + script, url));
    }

    private int listen() {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        try {
            String line = lines.readLine();
            while (line != null && !line.startsWith(PORT)) {
                line = lines.readLine();
            }
            if (line == null) {
                throw new IllegalStateException(name + " ended before it was ready");
            }
            Thread drain = new Thread(() -> lines.lines().forEach(ignored -> {}), "output of " + name);
            drain.setDaemon(true);
            drain.start();
            return Integer.parseInt(line.substring(PORT.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be heard: " + e.getMessage(), e);
        }
    }

    int port() {
        return port;
    }

    /** {@return the processor time that it has used, in seconds} */
    double processorSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** Kills it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
    }

    /** {@return when it was gone, in the nanoseconds of {@link System#nanoTime}} */
    long awaitEnd() throws InterruptedException {
        process.waitFor();
        return System.nanoTime();
    }

    /** Sends SIGTERM, waits for its end, and gives its exit status. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
        return process.waitFor();
    }

    /** Lets it end in order. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
