package io.betrue.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A packaged example as its users have it: processes of its own, on free ports, with databases that are forgotten at the end. */
public final class WalletApplication implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 180;

    private final Queue<String> output = new ConcurrentLinkedQueue<>(); // a test run says little
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final Process process;
    private final Pattern readyAt;
    private final List<String> urls;

    private WalletApplication(String name, Pattern readyAt, Map<String, String> settings, List<String> arguments)
            throws Exception {
        this.readyAt = readyAt;
        Path jar = examples().resolve(Path.of(name, "target", name + ".jar"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toRealPath().toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HTTP_PORT", "0");
        builder.environment().put("GATEWAY_PORTS", "0,0");
        builder.environment().put("RESPONSE_CHECK", "fail");
        builder.environment().putAll(settings);
        process = builder.start();
        Thread reader = new Thread(this::read, "output of " + name);
        reader.setDaemon(true);
        reader.start();
        try {
            urls = List.of(ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS).split(" and "));
        } catch (Exception e) {
            close(); // nobody else could
            throw e;
        }
    }

    /**
     * Starts the monolith, and waits until it is ready.
     *
     * @param settings by their variables; others come from the environment
     */
    public static WalletApplication monolith(Map<String, String> settings) throws Exception {
        Pattern readyAt = Pattern.compile("Ready at (http://\\S+)");
        return new WalletApplication("monolith", readyAt, settings, List.of("--ephemeral"));
    }

    /**
     * Starts the microservices with two gateways, and waits until they are ready.
     *
     * @param settings by their variables; others come from the environment
     * @param options of the launcher
     */
    public static WalletApplication microservices(Map<String, String> settings, String... options) throws Exception {
        Pattern readyAt = Pattern.compile("The wallet is ready at (http://\\S+ and http://\\S+)[.] ");
        List<String> arguments = new ArrayList<>(List.of("all", "--ephemeral"));
        arguments.addAll(List.of(options));
        return new WalletApplication("microservices", readyAt, settings, arguments);
    }

    /** {@return the folder of the examples, from wherever in the work tree} */
    private static Path examples() {
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            Path examples = folder.resolve("examples");
            if (Files.isDirectory(examples.resolve("monolith"))) {
                return examples;
            }
        }
        throw new IllegalStateException("no folder above " + here + " has examples/monolith in it");
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> {
                output.add(line);
                Matcher matcher = readyAt.matcher(line);
                if (matcher.find()) {
                    ready.complete(matcher.group(1));
                }
            });
        } catch (IOException | UncheckedIOException e) {
            output.add(e.toString());
        }
        ready.completeExceptionally(
                new IllegalStateException("the application has ended: " + String.join("\n", output)));
    }

    /** {@return where the first door is} */
    public String url() {
        return urls.get(0);
    }

    /** {@return where the doors are, one at least} */
    public List<String> urls() {
        return urls;
    }

    /** Waits until the application has said something. */
    public void awaitOutput(String part) {
        find(Pattern.compile("(" + Pattern.quote(part) + ")"));
    }

    /** {@return the code in the only letter with a subject to an address; waits for it} */
    public String code(String email, String subject) {
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

    /** {@return the processes that it has started} */
    public Stream<ProcessHandle> processes() {
        return process.descendants();
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
