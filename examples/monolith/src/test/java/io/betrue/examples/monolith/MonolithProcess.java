package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.localservers.SharedBinaries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged application as a process of its own, and a client for it. */
final class MonolithProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target/monolith.jar").toAbsolutePath();
    private static final Pattern LISTENING = Pattern.compile("Listening at (http:[^\\s\"]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path directory;
    private final List<Thread> readers;
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final CompletableFuture<String> url = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private MonolithProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        readers = List.of(reader(process.getInputStream(), output), reader(process.getErrorStream(), errors));
        readers.forEach(Thread::start);
    }

    /** Starts the application in a directory, with these settings and few others, on a free port. */
    static MonolithProcess launch(Path directory, Map<String, String> settings, String... arguments)
            throws IOException {
        return launch(directory, settings, List.of("-jar", JAR.toString()), arguments);
    }

    /** Starts a command of the jobs' daemon with the application's jar. */
    static MonolithProcess launchDaemon(Path directory, Map<String, String> settings, String... arguments)
            throws IOException {
        List<String> program = List.of("-jar", JAR.toString(), "jobs");
        return launch(directory, settings, program, arguments);
    }

    private static MonolithProcess launch(
            Path directory, Map<String, String> settings, List<String> program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("HTTP_PORT", "0");
        builder.environment().put("RESPONSE_CHECK", "fail");
        builder.environment().put("ACCOUNTS_CONFIRMATION", "off"); // what comes by letter is tried by AccountFlowsIT
        builder.environment().putAll(settings);
        return new MonolithProcess(builder.start(), directory);
    }

    static MonolithProcess start(Path directory, Map<String, String> settings, String... arguments) throws Exception {
        if (arguments.length == 0) {
            SharedBinaries.linkInto(directory.resolve(".data/postgres")); // the slowest part of a first start
        }
        MonolithProcess monolith = launch(directory, settings, arguments);
        monolith.awaitReady();
        return monolith;
    }

    private Thread reader(InputStream stream, StringWriter into) {
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                lines.lines().forEach(line -> {
                    into.append(line + "\n");
                    Matcher listening = LISTENING.matcher(line);
                    if (listening.find()) {
                        url.complete(listening.group(1).replace("\\/", "/")); // JSON may have it so
                    }
                    if (line.contains("Ready at ")) {
                        ready.complete(null);
                    }
                });
            } catch (IOException | UncheckedIOException e) {
                into.append(e + "\n"); // the process was ended by force
            }
            IllegalStateException ended = new IllegalStateException("the monolith has ended: " + errors + output);
            url.completeExceptionally(ended);
            ready.completeExceptionally(ended);
        });
        reader.setDaemon(true);
        return reader;
    }

    void awaitReady() throws Exception {
        ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    String url() throws Exception {
        return url.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    HttpResponse<String> post(String code, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        request.header("Timeout-Ms", "30000"); // a busy machine may need more than the 5 s of the commands
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request, "/api/" + code);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return client.send(sendable(request, path), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request, String path) throws Exception {
        return client.sendAsync(sendable(request, path), BodyHandlers.ofString());
    }

    private HttpRequest sendable(HttpRequest.Builder request, String path) throws Exception {
        return request.uri(URI.create(url() + path))
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    void signal(String name) throws Exception {
        signal(name, process.pid());
    }

    static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start();
        assertThat(kill.waitFor()).isZero();
    }

    int awaitExit() throws Exception {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        for (Thread reader : readers) {
            reader.join(PATIENCE.toMillis()); // until then the last words may be missing
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    /** The process of the application's own PostgreSQL. */
    long postgresPid() throws IOException {
        return Long.parseLong(postmaster().get(0).strip());
    }

    int postgresPort() throws IOException {
        return Integer.parseInt(postmaster().get(3).strip());
    }

    String postgresPassword() throws IOException {
        return Files.readString(directory.resolve(".data/postgres/password")).strip();
    }

    private List<String> postmaster() throws IOException {
        return Files.readAllLines(directory.resolve(".data/postgres/cluster/postmaster.pid"));
    }

    String output() {
        return output.toString();
    }

    String errors() {
        return errors.toString();
    }

    /** Waits until the output has a text. */
    void awaitOutput(String text) {
        Eventually.holds(() -> output().contains(text), text + " in " + output());
    }

    @Override
    public void close() {
        process.destroy(); // SIGTERM
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
