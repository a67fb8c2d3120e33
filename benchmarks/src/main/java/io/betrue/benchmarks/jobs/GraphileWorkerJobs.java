package io.betrue.benchmarks.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Graphile Worker in one process of Node.js: 24 jobs at a time, a local queue of 500, completions in batches; its own clock. */
final class GraphileWorkerJobs implements JobSystem {
    static final String NAME = "graphile-worker";

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    GraphileWorkerJobs(String url) {
        try {
            process = new ProcessBuilder("node", "benchmarks/graphile-worker/worker.mjs", url)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("node cannot be started: " + e.getMessage(), e);
        }
        commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void setUp() {
        ask("setup");
    }

    @Override
    public void clear() {
        ask("clear");
    }

    @Override
    public Duration enqueue(int jobs) {
        return took(ask("enqueue " + jobs));
    }

    @Override
    public Duration drain(int jobs) {
        JsonNode answer = ask("drain " + jobs);
        if (answer.path("ran").asInt() != jobs) {
            throw new IllegalStateException(jobs + " jobs ran " + answer.path("ran") + " times");
        }
        return took(answer);
    }

    private static Duration took(JsonNode answer) {
        return Duration.ofNanos((long) (answer.path("seconds").asDouble() * 1e9));
    }

    private JsonNode ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("graphile-worker ended at \"" + command + '"');
            }
            return json.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("graphile-worker does not take \"" + command + "\": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
