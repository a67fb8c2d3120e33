package io.betrue.examples.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packaged application as its users have it, with databases that are forgotten at the end. */
final class Application implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 180;

    /** What tokens are signed with, so that they can be forged well. */
    static final byte[] KEY = "a key that only tests should have".getBytes(StandardCharsets.US_ASCII);

    private final StringWriter output = new StringWriter(); // both streams of a short run
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final Process process;
    private final Pattern readyAt;
    private final List<String> urls;

    /**
     * Starts it, and waits until it is ready.
     *
     * @param readyAt the line that says so, with the addresses of its doors
     */
    private Application(Path jar, Pattern readyAt, String... arguments) throws Exception {
        this.readyAt = readyAt;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toRealPath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HTTP_PORT", "0");
        builder.environment().put("GATEWAY_PORTS", "0,0");
        builder.environment().put("CALLS_PER_SECOND", "10000"); // what throttles sign-ins stays
        builder.environment().put("RESPONSE_CHECK", "fail");
        builder.environment().put("FILES_LARGEST", "64KiB");
        builder.environment().put("FILES_QUOTA", "96KiB");
        builder.environment().put("ACCOUNTS_TOKEN_SECRET", Base64.getEncoder().encodeToString(KEY));
        process = builder.start();
        Thread reader = new Thread(this::read, "output of " + jar.getFileName());
        reader.setDaemon(true);
        reader.start();
        try {
            urls = List.of(ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS).split(" and "));
        } catch (Exception e) {
            close(); // nobody else could
            throw e;
        }
    }

    static Application monolith() throws Exception {
        Pattern readyAt = Pattern.compile("Ready at (http://\\S+)");
        return new Application(Path.of("..", "monolith", "target", "monolith.jar"), readyAt, "--ephemeral");
    }

    static Application microservices() throws Exception {
        Pattern readyAt = Pattern.compile("The wallet is ready at (http://\\S+ and http://\\S+)[.] ");
        return new Application(
                Path.of("..", "microservices", "target", "microservices.jar"), readyAt, "all", "--ephemeral");
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> {
                output.append(line + "\n");
                Matcher matcher = readyAt.matcher(line);
                if (matcher.find()) {
                    ready.complete(matcher.group(1));
                }
            });
        } catch (IOException | UncheckedIOException e) {
            output.append(e + "\n");
        }
        ready.completeExceptionally(new IllegalStateException("the application has ended: " + output));
    }

    /** {@return the code in the only letter with a subject to an address; waits for it} */
    String code(String email, String subject) {
        Pattern letter = Pattern.compile(Pattern.quote(" to " + email + ": " + subject) + "\\R.*Your code is (\\S+)");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Matcher found = letter.matcher(output.toString());
        while (!found.find()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no letter \"" + subject + "\" to " + email);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            found = letter.matcher(output.toString());
        }
        return found.group(1);
    }

    /** {@return the addresses of its doors, one at least} */
    List<String> urls() {
        return urls;
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
