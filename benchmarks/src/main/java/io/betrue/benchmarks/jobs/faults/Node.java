package io.betrue.benchmarks.jobs.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of {@link FaultNode} that was started here, and what may be done to it. */
final class Node implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    final String name;
    private final Process process;
    private final BufferedReader lines;

    private Node(String name, Process process) {
        this.name = name;
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Node worker(String jdbcUrl, String name, int slots) {
        return start(jdbcUrl, Map.of(), List.of("worker", name, Integer.toString(slots)));
    }

    static Node start(String jdbcUrl, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                FaultNode.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            Node node = new Node(arguments.get(1), builder.start());
            node.tell(jdbcUrl);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException("a worker process cannot be started: " + e.getMessage(), e);
        }
    }

    void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** {@return the next line it says; waits for it} */
    String line() {
        try {
            String line = lines.readLine();
            if (line == null) {
                throw new IllegalStateException("process " + name + " ended without a word");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException("process " + name + " cannot be heard: " + e.getMessage(), e);
        }
    }

    Node ready() {
        String line = line();
        if (!line.equals("ready")) {
            throw new IllegalStateException("process " + name + " said \"" + line + "\" instead of ready");
        }
        return this;
    }

    boolean isReady() {
        try {
            return lines.ready() || !process.isAlive();
        } catch (IOException e) {
            return false;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** Stops its clockwork: it does nothing, and knows nothing of it. */
    void stall() {
        signal("-STOP");
    }

    /** Lets a stalled process go on. */
    void goOn() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " of " + name + " failed with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no signal can be sent: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a signal was sent", e);
        }
    }

    private boolean await() {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets it end in order. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
        if (!await()) {
            kill();
        }
    }
}
