package io.betrue.commands.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Commands;
import io.betrue.commands.CommandsConfig;
import io.betrue.errors.ErrorsPlugin;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** An application that serves a {@link Till}. */
final class Served implements AutoCloseable {
    static final Consumer<JavalinConfig> WITH_ERRORS =
            config -> config.registerPlugin(new ErrorsPlugin(e -> e.catalogue(Till.catalogue())));
    static final Consumer<JavalinConfig> PLAIN = config -> {};

    /** A deposit that the {@link Till} takes. */
    static final String FIVE = "{\"currency\": \"EUR\", \"amount\": 5}";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final Till till = new Till();
    final Commands commands;
    final Javalin app;

    Served(Consumer<JavalinConfig> plugins, Consumer<CommandsConfig> more, Consumer<HttpCommandsConfig> http) {
        commands = till.commands(more);
        app = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.startupWatcherEnabled = false;
                    plugins.accept(config);
                    config.registerPlugin(new HttpCommands(commands, http));
                })
                .start("127.0.0.1", 0);
    }

    static Served plain(Consumer<CommandsConfig> more) {
        return new Served(WITH_ERRORS, more, http -> {});
    }

    static Served served(boolean errors) {
        return new Served(errors ? WITH_ERRORS : PLAIN, c -> c.largestInput(2_000), h -> h.schemas(Till.schemas()));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + app.port() + path);
    }

    URI base() {
        return uri("/api");
    }

    Socket socket() throws IOException {
        return new Socket(java.net.InetAddress.getLoopbackAddress(), app.port());
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
    }

    HttpRequest.Builder json(String path, String body) {
        return to(path).header("Content-Type", "application/json")
                .header("Authorization", "Bearer anna")
                .POST(BodyPublishers.ofString(body));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    static HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    static JsonNode tree(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** Refused by the chain, which gives each call a trace. */
    static void refused(int status, String code, HttpResponse<String> response) throws IOException {
        refusedUntraced(status, code, response);
        assertThat(tree(response).path("traceId").asText()).as(response.body()).hasSize(32);
    }

    /** Refused, also where there is no call yet. */
    static void refusedUntraced(int status, String code, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(tree(response).path("code").asText()).isEqualTo(code);
    }

    @Override
    public void close() {
        app.stop();
        commands.close();
    }
}
