package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.localservers.SharedBinaries;
import io.betrue.localservers.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged program with everything that it starts, and a client for it. */
final class Wallet implements AutoCloseable {
    private static final Path JAR = Path.of("target/microservices.jar").toAbsolutePath();
    private static final Pattern GATEWAY = Pattern.compile("gateway-(\\d) +\\| Ready at (http:\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private Wallet(Process process) {
        this.process = process;
        reader = new Thread(() -> {
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                output.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("the output broke: " + e);
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the launcher in a directory, on free ports, with these settings and no others. */
    static Wallet launch(Path directory, Map<String, String> settings, String... arguments) throws IOException {
        SharedBinaries.linkInto(directory.resolve(".data/postgres")); // the slowest part of a first start
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString(), "all"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("NATS_SERVER"));
        builder.environment().put("GATEWAY_PORTS", "0,0");
        builder.environment().put("RESPONSE_CHECK", "fail");
        builder.environment().put("ACCOUNTS_CONFIRMATION", "off");
        builder.environment().putAll(settings);
        return new Wallet(builder.start());
    }

    static Wallet ready(Path directory, String... arguments) throws IOException {
        Wallet wallet = launch(directory, Map.of(), arguments);
        wallet.awaitLine("The wallet is ready at");
        return wallet;
    }

    static void eventually(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            assertThat(System.nanoTime())
                    .as("not within " + PATIENCE + ": " + what)
                    .isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            return false; // not yet
        }
    }

    void awaitLine(String text) {
        eventually(text, () -> {
            assertThat(process.isAlive() || has(text)).as(output()).isTrue();
            return has(text);
        });
    }

    private boolean has(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    String output() {
        return String.join("\n", lines);
    }

    List<String> lines() {
        return lines;
    }

    /** {@return where a gateway is: 1 or 2} */
    String gateway(int number) {
        for (String line : lines) {
            Matcher found = GATEWAY.matcher(line);
            if (found.find() && Integer.parseInt(found.group(1)) == number) {
                return found.group(2);
            }
        }
        throw new AssertionError("gateway " + number + " has not said where it is");
    }

    /** {@return the address of NATS, from its own words} */
    String nats() {
        for (String line : lines) {
            Matcher found = Pattern.compile("Listening for client connections on (127\\.0\\.0\\.1:\\d+)")
                    .matcher(line);
            if (found.find()) {
                return "nats://" + found.group(1);
            }
        }
        throw new AssertionError("NATS has not said where it is");
    }

    HttpResponse<String> get(int gateway, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(gateway(gateway) + path)).build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(int gateway, String code) throws Exception {
        return HttpRequest.newBuilder(URI.create(gateway(gateway) + "/api/" + code))
                .timeout(Duration.ofSeconds(60))
                .header("Timeout-Ms", "30000"); // a busy machine may need more than the 5 s of the commands
    }

    HttpResponse<String> post(int gateway, String code, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                request(gateway, code).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** {@return the processes of a role that run} */
    List<ProcessHandle> processesOf(String role) {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").endsWith(" " + role + " --launched"))
                .toList();
    }

    List<ProcessHandle> all() {
        return process.descendants().toList();
    }

    void signal(String name) {
        assertThat(Signals.send(name, process.pid())).isTrue();
    }

    int awaitExit() throws Exception {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(output())
                .isTrue();
        reader.join(PATIENCE.toMillis()); // until then the last words may be missing
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy(); // SIGTERM
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
