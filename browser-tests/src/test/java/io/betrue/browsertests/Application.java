package io.betrue.browsertests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged monolith as a process of its own, with a database that is forgotten at the end. */
final class Application implements AutoCloseable {
    private static final Path JAR = Path.of("..", "examples", "monolith", "target", "monolith.jar");
    private static final Pattern READY = Pattern.compile("Ready at (http://\\S+)");
    private static final int PATIENCE_SECONDS = 60;

    private final Queue<String> output = new ConcurrentLinkedQueue<>(); // a test run says little
    private final Process process;
    private final String url;

    Application(Map<String, String> settings) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toRealPath().toString(),
                "--ephemeral");
        builder.environment().put("HTTP_PORT", "0");
        builder.environment().putAll(settings);
        process = builder.redirectErrorStream(true).start();
        CompletableFuture<String> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(ready));
        reader.setDaemon(true);
        reader.start();
        try {
            url = ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            close(); // nobody else could
            throw e;
        }
    }

    private void read(CompletableFuture<String> ready) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> {
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(matcher.group(1));
                }
                output.add(line);
            });
        } catch (IOException | UncheckedIOException e) {
            output.add(e.toString());
        }
        ready.completeExceptionally(new IllegalStateException("the monolith has ended: " + String.join("\n", output)));
    }

    /** Waits until the application has said something. */
    void awaitOutput(String part) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (output.stream().noneMatch(line -> line.contains(part))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not said: " + part + "; but: " + String.join("\n", output));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
