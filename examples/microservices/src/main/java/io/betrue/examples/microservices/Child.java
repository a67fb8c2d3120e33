package io.betrue.examples.microservices;

import io.betrue.examples.wallet.StartException;
import io.betrue.localservers.OwnSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A process that the launcher has started. Safe for use by multiple threads. */
final class Child {
    private final String name;
    private final Process process;
    private final Thread reader;
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private volatile boolean stopping;

    private Child(String name, Process process, Terminal terminal) {
        this.name = name;
        this.process = process;
        this.reader = new Thread(() -> read(terminal), "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a role of this program. It is in a session of its own, so that Ctrl-C reaches the launcher alone, which stops it in its turn; its standard input is a pipe that ends with the
     * launcher, however that ends.
     *
     * @param settings what differs from this process's environment; it gets of both what its role knows
     * @param ended told of an end that nobody asked for, once
     */
    static Child start(
            String name,
            String role,
            String javaOptions,
            Map<String, String> settings,
            Terminal terminal,
            Consumer<? super Child> ended) {
        List<String> command = new ArrayList<>(OwnSession.prefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(javaOptions.split(" ")).stream()
                .filter(option -> !option.isEmpty())
                .toList());
        command.addAll(classArchive());
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), role, Launched.FLAG));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(settings);
        builder.environment().keySet().removeAll(Roles.strangeTo(role));
        try {
            Child child = new Child(name, builder.start(), terminal);
            var unused = child.process.onExit().thenRun(() -> {
                if (!child.stopping) {
                    ended.accept(child);
                }
            });
            return child;
        } catch (IOException e) {
            throw new StartException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** {@return the option for what archive-classes has kept of this jar, if it has} A JVM that it does not fit goes without. */
    private static List<String> classArchive() {
        Path archive = Path.of(System.getProperty("java.class.path").replaceFirst("\\.jar$", "") + ".jsa");
        return Files.isReadable(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    private void read(Terminal terminal) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Launched.READY)) {
                    ready.complete(line.substring(Launched.READY.length()));
                }
                terminal.say(name, line);
            }
        } catch (IOException e) {
            terminal.say(name, "its output broke: " + e.getMessage());
        }
        ready.completeExceptionally(new StartException(name + " ended before it was ready; its words are above", null));
    }

    /** {@return where it is to be reached, once it is ready} */
    String awaitReady(Duration patience) throws InterruptedException {
        try {
            return ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new StartException(String.valueOf(cause == null ? null : cause.getMessage()), e);
        } catch (TimeoutException e) {
            throw new StartException(name + " was not ready within " + patience, e);
        }
    }

    String name() {
        return name;
    }

    /** {@return how it ended, for people} */
    String obituary() {
        return name + " (process " + process.pid() + ") ended by itself with status " + process.exitValue();
    }

    /** Asks it to end. */
    void stop() {
        stopping = true;
        boolean unused = process.toHandle()
                .destroy(); // SIGTERM; Process.destroy would close its output, and lose its last words
    }

    /** {@return whether it ended in time; if not, it was killed} */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!inTime) {
            process.destroyForcibly().waitFor();
        }
        reader.join(limit.toMillis()); // its last words
        return inTime;
    }

    void abort() {
        stopping = true;
        process.destroyForcibly();
    }
}
