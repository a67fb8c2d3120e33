package io.betrue.commands.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Nothing;
import io.betrue.commands.Payload;
import io.betrue.commands.Push;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the page shows, and the client for browsers that is served. */
class WebSocketTourHttpTest extends DeskFixture {
    @Test
    void isServedAsThePageShows() {
        Commands commands = desk.commands;
        // tag::serve[]
        Javalin app = Javalin.create(config -> config.registerPlugin(
                        new WebSocketCommands(commands, ws -> ws.origins("https://app.example.com"))))
                .start(0);
        // end::serve[]
        try (Peer peer = Peer.connect(app.port(), b -> b.header("Origin", "https://app.example.com"))) {
            assertThat(peer.call(1, "desk/echo", "1").get("status").asInt()).isEqualTo(200);
        } finally {
            app.stop();
        }
    }

    @Test
    void tellsOfProgressAsThePageShows() {
        CommandType<Nothing, Nothing> report =
                CommandType.of("report", Nothing.class, Nothing.class).open();
        try (Commands commands = Commands.of(c -> c.handle(report, (context, input) -> {
            progress(context, desk.commands, Payload.of(Map.of("percent", 50)));
            return input;
        }))) {
            Javalin app = Javalin.create(config -> config.registerPlugin(new WebSocketCommands(commands)))
                    .start(0);
            try (Peer peer = Peer.connect(app.port())) {
                peer.send("{'id':1,'call':'report'}");
                assertThat(peer.awaitMember("event"))
                        .hasToString("{\"event\":\"report/progress\",\"data\":{\"percent\":50}}");
                peer.answer(1);
            } finally {
                app.stop();
            }
        }
    }

    private static void progress(CommandContext context, Commands commands, Payload percent) {
        // tag::push[]
        context.connection()
                .ifPresent(client -> client.send(Push.event("report/progress", percent, commands.mapper())));
        // end::push[]
    }

    @Test
    void servesTheClientForBrowsers() throws Exception {
        HttpResponse<String> script = get(b -> {});
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(script.body()).contains("export function connect(");
        String etag = script.headers().firstValue("ETag").orElseThrow();
        assertThat(etag).matches("\"[0-9a-f]{24}\"");
        HttpResponse<String> again = get(b -> b.header("If-None-Match", "\"x\", W/" + etag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    private HttpResponse<String> get(Consumer<HttpRequest.Builder> more) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + desk.port() + "/ws/client.js"));
        more.accept(request);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
