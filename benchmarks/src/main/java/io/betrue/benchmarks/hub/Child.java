package io.betrue.benchmarks.hub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process of this program's own, spoken to in lines. */
final class Child implements AutoCloseable {
    private static final int END_SECONDS = 10;

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "reader");
        thread.setDaemon(true);
        return thread;
    });

    Child(Class<?> main, String heap, List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx" + heap,
                "-Dslf4j.internal.verbosity=ERROR",
                "-Djava.util.logging.config.file=/dev/null",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(args);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    void tell(String line) {
        in.println(line);
    }

    /** {@return what stands behind a word on the next line that begins with it; an error if it does not come in time} */
    String word(String word, int seconds) throws IOException, InterruptedException {
        Future<String> line = reader.submit(() -> read(word));
        try {
            return line.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("a process did not say " + word + " within " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private String read(String word) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(word + ' ')) {
                return line.substring(word.length() + 1);
            }
        }
        throw new IOException("a process ended and did not say " + word);
    }

    @Override
    public void close() {
        process.destroy();
        reader.shutdownNow();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
