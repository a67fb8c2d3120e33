package io.betrue.localservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server's main process. */
final class Postmaster {
    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
    private static final int LOG_LINES = 5;

    private final Process process;
    private final Path serverLog;

    private Postmaster(Process process, Path serverLog) {
        this.process = process;
        this.serverLog = serverLog;
    }

    static Postmaster launch(List<String> command, Path cluster, Path serverLog) throws IOException {
        Files.deleteIfExists(serverLog); // what the last run had to say is of no use any more
        Process process = Programs.builder(cluster, command)
                .redirectErrorStream(true)
                .redirectOutput(serverLog.toFile())
                .start();
        process.getOutputStream().close();
        return new Postmaster(process, serverLog);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    void abort() {
        boolean unused = Signals.send("QUIT", process.pid()); // it may be gone
    }

    void stop(Duration patience) {
        stop(process.toHandle(), patience);
    }

    /**
     * Stops a server: first in good order, rolling back what is open; then at once, which its next start repairs.
     * Nothing that was committed is lost either way.
     */
    static void stop(ProcessHandle server, Duration patience) {
        for (String signal : List.of("INT", "QUIT", "KILL")) {
            boolean unused = Signals.send(signal, server.pid()); // it may be gone
            try {
                server.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                log.warn("PostgreSQL (process {}) still runs {} after signal {}", server.pid(), patience, signal);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** {@return the last lines of what the server wrote} */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(serverLog);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "its log " + serverLog + " cannot be read: " + e.getMessage();
        }
    }
}
