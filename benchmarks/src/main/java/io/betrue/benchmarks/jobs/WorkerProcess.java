package io.betrue.benchmarks.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A worker in a process of its own, which writes a line for each job that it starts: its number and {@link System#nanoTime}. On Linux that is one clock for
 * all processes. It ends when its input does.
 */
final class WorkerProcess {
    private static final int PATIENCE_SECONDS = 60;

    private WorkerProcess() {}

    static JavaSystem.Worker start(String system, String jdbcUrl, NoOps.Watcher watcher) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            Process process = new ProcessBuilder(
                            java,
                            "-Dslf4j.internal.verbosity=ERROR",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WorkerProcess.class.getName(),
                            system)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().write((jdbcUrl + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            if (lines.readLine() == null) {
                throw new IllegalStateException("the worker process of " + system + " ended at its start");
            }
            Thread reader = new Thread(() -> read(lines, watcher), "worker-process");
            reader.setDaemon(true);
            reader.start();
            return () -> stop(process);
        } catch (IOException e) {
            throw new UncheckedIOException("a worker process cannot be started: " + e.getMessage(), e);
        }
    }

    private static void read(BufferedReader lines, NoOps.Watcher watcher) {
        lines.lines().forEach(line -> {
            int space = line.indexOf(' ');
            watcher.started(Integer.parseInt(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
        });
    }

    private static void stop(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = System.out;
        NoOps.watch((id, nanoTime) -> out.println(id + " " + nanoTime));
        try (JavaSystem system = Systems.ofJava(arguments[0], input.readLine())) {
            JavaSystem.Worker worker = system.startQuickWorker();
            out.println("ready");
            while (input.readLine() != null) {
                // nothing more is said
            }
            worker.stop();
        }
    }
}
