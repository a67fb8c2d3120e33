package io.betrue.examples.tour;

import static io.betrue.examples.tour.Step05CommandsTest.guarded;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Commands;
import io.betrue.commands.http.HttpCommands;
import io.betrue.examples.tour.Step05CommandsTest.Book;
import io.betrue.swagger.SwaggerPlugin;
import io.javalin.Javalin;
import org.junit.jupiter.api.Test;

class Step07DocumentHttpTest {
    @Test
    void showsWhatThereIs() throws Exception {
        try (Commands commands = Commands.of(c -> new Book(40).handle(guarded(c)))) {
            // tag::app[]
            Javalin app = Javalin.create(config -> {
                config.registerPlugin(new HttpCommands(commands, http -> http.prefix("/api")));
                config.registerPlugin(new SwaggerPlugin(
                        docs -> docs.title("Guest book").version("1").path("/docs")));
            });
            // end::app[]
            try (Running running = new Running(app)) {
                assertThat(running.get("/docs/").statusCode()).isEqualTo(200);
                assertThat(running.get("/openapi.json").body())
                        .contains("/api/book/sign", "Writes into the book", "BOOK_FULL");
            }
        }
    }
}
