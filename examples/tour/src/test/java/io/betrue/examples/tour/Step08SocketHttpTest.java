package io.betrue.examples.tour;

import static io.betrue.examples.tour.Step05CommandsTest.guarded;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Commands;
import io.betrue.commands.hub.Audience;
import io.betrue.commands.hub.Hub;
import io.betrue.commands.ws.WebSocketCommands;
import io.betrue.examples.tour.Step05CommandsTest.Book;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class Step08SocketHttpTest {
    @Test
    void tellsEverybodyInTheRoom() throws Exception {
        // tag::app[]
        Hub hub = Hub.create();
        Book book = new Book(40, entry -> hub.send(Audience.room("book"), "book/signed", entry));
        Commands commands = Commands.of(c -> {
            hub.handle(guarded(c), (context, room) -> context.principal()); // whoever is somebody may listen
            book.handle(c);
        });
        Javalin app = Javalin.create(config -> config.registerPlugin(new WebSocketCommands(commands)));
        // end::app[]
        try (Running running = new Running(app)) {
            Inbox inbox = new Inbox();
            WebSocket otto = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(running.url().replace("http", "ws") + "/ws"), inbox)
                    .join();
            for (String message : new String[] {
                "{\"auth\": \"token of otto\"}", "{\"id\": 1, \"call\": \"_hub/join\", \"input\": {\"room\": \"book\"}}"
            }) {
                otto.sendText(message, true).join();
            }
            inbox.awaits("_hub/joined");
            commands.client().bearer("token of anna").call(Book.SIGN, new Book.Sign("A fine evening"));
            assertThat(inbox.awaits("book/signed")).contains("A fine evening", "anna");
            otto.abort();
        } finally {
            commands.close();
            hub.close();
        }
    }

    private static final class Inbox implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            messages.add(data.toString());
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        String awaits(String event) throws InterruptedException {
            String message;
            do {
                message = messages.poll(30, TimeUnit.SECONDS);
                assertThat(message).as(event).isNotNull();
            } while (!message.contains(event));
            return message;
        }
    }
}
