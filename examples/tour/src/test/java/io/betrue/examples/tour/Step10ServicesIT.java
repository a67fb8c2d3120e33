package io.betrue.examples.tour;

import static io.betrue.examples.tour.Step05CommandsTest.guarded;
import static io.betrue.examples.tour.Step06OverHttpTest.assertAnswersOfABookWithOnePage;
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
                assertAnswersOfABookWithOnePage(running);
                server.close();
                assertThat(running.post("/api/book/read", "{}", "Authorization", "Bearer token of anna")
                                .statusCode())
                        .isEqualTo(503);
            }
        } finally {
            server.close();
            service.close();
            connection.close();
        }
    }
}
