package io.betrue.browsertests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
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
import java.util.stream.IntStream;

/** A packaged application as processes of its own, with databases that are forgotten at the end. */
final class Application implements AutoCloseable {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final int PATIENCE_SECONDS = 180;

    private final Queue<String> output = new ConcurrentLinkedQueue<>(); // a test run says little
    private final Process process;
    private final Pattern readyAt;
    private final List<String> urls;

    /**
     * Starts it, and waits until it is ready.
     *
     * @param readyAt the line that says so, with the addresses of its doors
     */
    private Application(Path jar, Pattern readyAt, Map<String, String> settings, String... arguments) throws Exception {
        this.readyAt = readyAt;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toRealPath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("RESPONSE_CHECK", "fail");
        builder.environment().putAll(settings);
        process = builder.redirectErrorStream(true).start();
        CompletableFuture<String> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(ready));
        reader.setDaemon(true);
        reader.start();
        try {
            urls = List.of(ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS).split(" and "));
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            close(); // nobody else could
            throw e;
        }
    }

    static Application monolith(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("HTTP_PORT", "0");
        Pattern readyAt = Pattern.compile("Ready at (http://\\S+)");
        return new Application(EXAMPLES.resolve("monolith/target/monolith.jar"), readyAt, all, "--ephemeral");
    }

    /** Starts the microservices with two gateways that know each other; whoever is killed is missing from then on. */
    static Application microservices(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        int first = freePort(20_000);
        all.put("GATEWAY_PORTS", first + "," + freePort(first + 1));
        Pattern readyAt = Pattern.compile("The wallet is ready at (http://\\S+ and http://\\S+)[.] ");
        Path jar = EXAMPLES.resolve("microservices/target/microservices.jar");
        return new Application(jar, readyAt, all, "all", "--ephemeral", "--keep-going");
    }

    /** {@return a port that nobody has; below those that are given to whoever connects, so that nobody gets it meanwhile} */
    private static int freePort(int from) {
        return IntStream.range(from, 30_000)
                .filter(Application::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port from " + from + " to 29999 is free"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.isBound();
        } catch (IOException e) {
            return false; // somebody has it
        }
    }

    private void read(CompletableFuture<String> ready) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> {
                Matcher matcher = readyAt.matcher(line);
                if (matcher.find()) {
                    ready.complete(matcher.group(1));
                }
                output.add(line);
            });
        } catch (IOException | UncheckedIOException e) {
            output.add(e.toString());
        }
        ready.completeExceptionally(
                new IllegalStateException("the application has ended: " + String.join("\n", output)));
    }

    /** Waits until the application has said something. */
    void awaitOutput(String part) {
        find(Pattern.compile("(" + Pattern.quote(part) + ")"));
    }

    /** {@return the code in the only letter with a subject to an address; waits for it} */
    String code(String email, String subject) {
        return find(Pattern.compile(Pattern.quote(" to " + email + ": " + subject) + "\\R.*Your code is (\\S+)"));
    }

    /** {@return the first group of a pattern, as soon as it is found in what the application has said} */
    private String find(Pattern pattern) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Matcher matcher = pattern.matcher(String.join("\n", output));
        while (!matcher.find()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not said: " + pattern + "; but: " + String.join("\n", output));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            matcher = pattern.matcher(String.join("\n", output));
        }
        return matcher.group(1);
    }

    /** {@return where the first door is} */
    String url() {
        return urls.get(0);
    }

    /** {@return where the doors are} */
    List<String> urls() {
        return urls;
    }

    /** Kills the gateway that was started first, as {@code kill -9} does. */
    void killFirstGateway() {
        ProcessHandle gateway = process.descendants()
                .filter(child -> child.info().commandLine().orElse("").endsWith(" gateway --launched"))
                .min(Comparator.comparing((ProcessHandle child) ->
                                child.info().startInstant().orElse(Instant.MAX))
                        .thenComparing(ProcessHandle::pid))
                .orElseThrow();
        gateway.destroyForcibly();
        gateway.onExit().join();
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
