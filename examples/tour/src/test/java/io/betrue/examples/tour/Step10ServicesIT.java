package io.betrue.examples.tour;

import static io.betrue.examples.tour.Step05CommandsTest.guarded;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Commands;
import io.betrue.commands.http.HttpCommands;
import io.betrue.commands.nats.NatsClient;
import io.betrue.commands.nats.NatsCommands;
import io.betrue.commands.nats.NatsServer;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.examples.tour.Step03ErrorsHttpTest.BookError;
import io.betrue.examples.tour.Step05CommandsTest.Book;
import io.betrue.testsupport.TestNats;
import io.javalin.Javalin;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("try") // closing a connection of jnats may be interrupted
class Step10ServicesIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private final String prefix = NATS.namespace();

    @Test
    void answersAsBefore() throws Exception {
        String url = NATS.url();
        // tag::service[]
        Commands service = Commands.of(c -> new Book(1).handle(guarded(c)));
        Connection connection = Nats.connect(NatsCommands.options(url).build());
        NatsServer server = NatsCommands.serve(
                service,
                connection,
                c -> c.name("book").version("1.0.0").owns("book").prefix(prefix));
        // end::service[]
        try (Connection other = Nats.connect(NatsCommands.options(url).build());
                // tag::gateway[]
                NatsClient nats = NatsCommands.client(other, c -> c.prefix(prefix));
                Commands gateway =
                        Commands.of(c -> guarded(c).forward(Book.SIGN, nats).forward(Book.READ, nats))) {
            Javalin app = Javalin.create(config -> {
                config.registerPlugin(new ErrorsPlugin(errors -> errors.catalogue(BookError.values())));
                config.registerPlugin(new HttpCommands(gateway, http -> http.prefix("/api")));
            });
            // end::gateway[]
            try (Running running = new Running(app)) {
                String text = "{\"text\": \"A fine evening\"}";
                assertThat(running.post("/api/book/sign", text).statusCode()).isEqualTo(401);
                String[] anna = {"Authorization", "Bearer token of anna"};
                assertThat(running.post("/api/book/sign", "{}", anna).statusCode())
                        .isEqualTo(422);
                assertThat(running.post("/api/book/sign", text, anna).body())
                        .isEqualTo("{\"by\":\"anna\",\"text\":\"A fine evening\"}");
                HttpResponse<String> full = running.post("/api/book/sign", text, anna);
                assertThat(full.statusCode()).isEqualTo(409);
                assertThat(full.body()).contains("BOOK_FULL");
                server.close();
                assertThat(running.post("/api/book/read", "{}", anna).statusCode())
                        .isEqualTo(503);
            }
        } finally {
            server.close();
            service.close();
            connection.close();
        }
    }
}
