package io.betrue.localservers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A NATS server with JetStream beside this process, which ends with it, however it ends. It listens on 127.0.0.1 only, lets everybody in, and is not started again when it dies. Safe for
 * use by multiple threads.
 */
public final class LocalNats implements AutoCloseable {
    private static final long BETWEEN_NANOS = 5_000_000;
    private static final int LAST_WORDS = 5;

    private final LocalNatsOptions options;
    private final Process process;
    private final Watchdog watchdog;
    private final Queue<String> lastWords = new ArrayDeque<>(); // guarded by itself
    private final Thread reader;
    private int port;
    private boolean closed; // guarded by this

    private LocalNats(LocalNatsOptions options, Process process, Consumer<? super String> lines) {
        this.options = options;
        this.process = process;
        this.watchdog = Watchdog.sending("KILL", options.kept() ? null : options.folder());
        watchdog.watch(process.pid());
        reader = new Thread(() -> read(lines), "nats-server-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param release which; looked for, and fetched where it is missing
     * @param options where and how
     * @param lines takes each line that it writes, in a thread of its own
     * @return the server, running
     * @throws IllegalStateException if the program is missing, or does not start in time, with its own words: its port may be taken
     */
    public static LocalNats start(NatsRelease release, LocalNatsOptions options, Consumer<? super String> lines) {
        String name = "betrue-" + UUID.randomUUID();
        Path ports = options.folder().resolve("ports");
        List<String> command = new ArrayList<>(OwnSession.prefix());
        command.addAll(List.of(
                release.program().toString(),
                "--addr=127.0.0.1",
                "--port=" + (options.port() == 0 ? -1 : options.port()),
                "--jetstream",
                "--store_dir=" + options.folder().resolve("store"),
                "--server_name=" + name,
                "--ports_file_dir=" + ports));
        try {
            Files.createDirectories(ports);
            Process started = Programs.builder(options.folder(), command)
                    .redirectErrorStream(true)
                    .start();
            started.getOutputStream().close();
            LocalNats server = new LocalNats(options, started, lines);
            server.awaitAnswer(name, ports);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("nats-server cannot be started in " + options.folder() + ": " + e, e);
        }
    }

    private void awaitAnswer(String name, Path ports) {
        long deadline = System.nanoTime() + options.patience().toNanos();
        while (port == 0 || !NatsGreeting.comesFrom(name, port)) {
            if (!process.isAlive()
                    || System.nanoTime() > deadline
                    || Thread.currentThread().isInterrupted()) {
                boolean ended = !process.isAlive();
                String words = ended ? lastWords() : ""; // to close it closes its output, too
                close();
                throw new IllegalStateException("nats-server "
                        + (ended
                                ? "ended with status " + process.exitValue()
                                : "did not answer within " + options.patience())
                        + " at its start" + (options.port() == 0 ? "" : " on port " + options.port()) + ": "
                        + (ended ? words : lastWords()));
            }
            port = port == 0 ? NatsGreeting.port(ports, process.pid()) : port;
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    private void read(Consumer<? super String> lines) {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lastWords) {
                    lastWords.add(line);
                    if (lastWords.size() > LAST_WORDS) {
                        lastWords.remove();
                    }
                }
                lines.accept(line);
            }
        } catch (IOException e) {
            lines.accept("its output broke: " + e.getMessage());
        }
    }

    private String lastWords() {
        try {
            reader.join(options.patience().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lastWords) {
            return String.join(" | ", lastWords);
        }
    }

    /** {@return the address for clients} */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** {@return the number of its process} */
    public long pid() {
        return process.pid();
    }

    /** {@return its exit status, once it has ended, for whatever reason} */
    public CompletableFuture<Integer> end() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Ends the process at once, in the middle of whatever it does. */
    public void abort() {
        process.destroyForcibly();
    }

    /** Stops the server, or kills it where it does not stop in time; its folder is deleted unless it is kept. Closing twice does no harm. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        process.destroy();
        if (!Programs.endsWithin(process, options.patience())) {
            process.destroyForcibly();
            boolean unused = Programs.endsWithin(process, options.patience());
        }
        watchdog.forget();
        watchdog.close(); // deletes the folder
    }
}
