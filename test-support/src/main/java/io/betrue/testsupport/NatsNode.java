package io.betrue.testsupport;

import io.betrue.localservers.NatsGreeting;
import io.betrue.localservers.NatsRelease;
import io.betrue.localservers.Signals;
import io.betrue.localservers.Watchdog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A NATS server with JetStream for one test, to be harmed: killed, stopped, frozen, and started again on its port and
 * with its streams.
 *
 * <p>It listens on 127.0.0.1 only and ends with the JVM, however that ends; its streams are then deleted. What it wrote
 * survives a kill of its process, not a crash of the machine. Safe for use by multiple threads.
 */
public final class NatsNode implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    static final String TAKEN = "address already in use";

    private final Path folder;
    private final Watchdog watchdog;
    private NatsRelease release;
    private @Nullable Process process;
    private int port;
    private boolean paused;
    private boolean closed;

    private NatsNode(NatsRelease release, Path folder, Watchdog watchdog) {
        this.release = release;
        this.folder = folder;
        this.watchdog = watchdog;
    }

    /**
     * Starts a server on a free port and waits until it answers.
     *
     * @return the server, running
     * @throws IllegalStateException if the program is missing or does not start, with what to do about it
     */
    public static NatsNode start() {
        return start(NatsRelease.USUAL);
    }

    /**
     * Starts a server of a release on a free port and waits until it answers.
     *
     * @param release which
     * @return the server, running
     * @throws IllegalStateException if the program is missing or does not start, with what to do about it
     */
    public static NatsNode start(NatsRelease release) {
        return start(release, "");
    }

    /**
     * Starts a server with settings of the test's own on a free port and waits until it answers.
     *
     * @param configuration in the language of the server's configuration file, for example
     *     {@code authorization { user: ann, password: secret }}; its address, port, name and store are not taken from it
     * @return the server, running
     * @throws IllegalStateException if the program is missing or does not start, with what it said
     */
    public static NatsNode start(String configuration) {
        return start(NatsRelease.USUAL, configuration);
    }

    static NatsNode start(NatsRelease release, String configuration) {
        Path folder = folder();
        NatsNode node = new NatsNode(release, folder, Watchdog.over(folder));
        try {
            Files.writeString(folder.resolve("nats.conf"), configuration);
            Files.createDirectory(folder.resolve("ports"));
            node.launch();
            return node;
        } catch (IOException e) {
            node.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("betrue-nats-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the address for clients, without user and password; the same for the whole life of this object} */
    public synchronized String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** {@return the name that the server gives itself, which no other has} */
    public String name() {
        return folder.getFileName().toString();
    }

    /** {@return where the server keeps its streams: to be changed only while it does not run} */
    public Path store() {
        return folder.resolve("store");
    }

    /** {@return whether the process is there and not frozen} */
    public synchronized boolean isRunning() {
        return process != null && process.isAlive() && !paused;
    }

    /** Ends the process at once, in the middle of whatever it does (SIGKILL). Does nothing where none runs. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            ended(process);
        }
    }

    /**
     * Ends the process in order (SIGTERM), and waits for it. Does nothing where none runs.
     *
     * @throws IllegalStateException if it does not end within 30 seconds; it is killed then
     */
    public synchronized void stop() {
        if (process == null) {
            return;
        }
        resume();
        process.destroy();
        boolean inTime = Waiting.forEnd(process, LIMIT);
        kill();
        if (!inTime) {
            throw new IllegalStateException("nats-server " + name() + " did not stop within " + LIMIT);
        }
    }

    /**
     * Starts the server again, on its port and with its streams, and waits until it answers.
     *
     * @throws IllegalStateException if it runs, was closed, or does not start
     */
    public synchronized void startAgain() {
        if (closed) {
            throw new IllegalStateException("nats-server " + name() + " was closed");
        }
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("nats-server " + name() + " runs: kill or stop it first");
        }
        launch();
    }

    /**
     * Starts another release on the port and with the streams of this server, and waits until it answers.
     *
     * @param other which from now on
     * @throws IllegalStateException if it runs, was closed, or does not start
     */
    public synchronized void startAgain(NatsRelease other) {
        release = other;
        startAgain();
    }

    /** Freezes the process (SIGSTOP), and waits until it stands still: its connections stay, and nobody answers. Does nothing where it is frozen. */
    public synchronized void pause() {
        if (!paused) {
            signal("STOP");
            paused = true;
            Process stopped = process;
            if (stopped != null && !Waiting.until(LIMIT, () -> Frozen.is(stopped.pid()))) {
                throw new IllegalStateException("nats-server " + name() + " does not stand still");
            }
        }
    }

    /** Lets a frozen process go on (SIGCONT). Does nothing where it is not frozen. */
    public synchronized void resume() {
        if (paused) {
            signal("CONT");
            paused = false;
        }
    }

    private void signal(String signal) {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException("nats-server " + name() + " does not run");
        }
        if (!Signals.send(signal, process.pid())) {
            throw new IllegalStateException("signal " + signal + " cannot be sent to nats-server " + name());
        }
    }

    /**
     * Waits until the server answers on its port.
     *
     * @throws IllegalStateException if it does not run, or does not answer within 30 seconds
     */
    public synchronized void awaitReady() {
        Process running = process;
        if (running == null || !Waiting.until(LIMIT, () -> answers() || !running.isAlive()) || !running.isAlive()) {
            throw new IllegalStateException(fault(running));
        }
    }

    /** Ends the process at once and deletes its streams. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            kill();
            watchdog.close();
        }
    }

    /** The port is the server's own choice at first; later another program may have it for a moment. */
    private void launch() {
        long start = System.nanoTime();
        while (true) {
            Process started = spawn();
            process = started;
            watchdog.watch(started.pid());
            Duration left = LIMIT.minusNanos(System.nanoTime() - start);
            Waiting.until(left, () -> !started.isAlive() || (knowsPort(started) && answers()));
            if (started.isAlive() && answers()) {
                return;
            }
            String fault = fault(started);
            kill();
            if (port == 0 || !fault.contains(TAKEN) || System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IllegalStateException(fault);
            }
        }
    }

    private Process spawn() {
        List<String> command = List.of(
                release.program().toString(),
                "--config=" + folder.resolve("nats.conf"),
                "--addr=127.0.0.1",
                "--port=" + (port == 0 ? -1 : port),
                "--jetstream",
                "--store_dir=" + store(),
                "--server_name=" + name(),
                "--ports_file_dir=" + folder.resolve("ports"));
        try {
            Process started = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
            started.getOutputStream().close();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean knowsPort(Process started) {
        if (port == 0) {
            port = NatsGreeting.port(folder.resolve("ports"), started.pid());
        }
        return port != 0;
    }

    private boolean answers() {
        return NatsGreeting.comesFrom(name(), port);
    }

    private void ended(Process ended) {
        if (!Waiting.forEnd(ended, LIMIT)) {
            throw new IllegalStateException("nats-server " + name() + " does not end");
        }
        watchdog.forget();
        process = null;
        paused = false;
    }

    /** {@return where the process writes what it does; begun anew with each start} */
    Path log() {
        return folder.resolve("server.log");
    }

    private String fault(@Nullable Process failed) {
        String what = "nats-server " + name();
        if (failed == null) {
            return what + " does not run";
        }
        what += failed.isAlive()
                ? " does not answer within " + LIMIT
                : " ended by itself with exit code " + failed.exitValue();
        try {
            List<String> lines = Files.readAllLines(log());
            return what + ": " + String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return what + ", and left no log";
        }
    }
}
