package io.betrue.examples.tour;

import static io.betrue.examples.tour.Step05CommandsTest.guarded;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Commands;
import io.betrue.commands.http.HttpCommands;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.examples.tour.Step03ErrorsHttpTest.BookError;
import io.betrue.examples.tour.Step05CommandsTest.Book;
import io.javalin.Javalin;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class Step06OverHttpTest {
    @Test
    void callsOverHttp() throws Exception {
        try (Commands commands = Commands.of(c -> new Book(1).handle(guarded(c)))) {
            // tag::app[]
            Javalin app = Javalin.create(config -> {
                config.registerPlugin(new ErrorsPlugin(errors -> errors.catalogue(BookError.values())));
                config.registerPlugin(new HttpCommands(commands, http -> http.prefix("/api")));
            });
            // end::app[]
            try (Running running = new Running(app)) {
                assertAnswersOfABookWithOnePage(running);
            }
        }
    }

    /** What callers get, wherever the book is. */
    static void assertAnswersOfABookWithOnePage(Running running) throws Exception {
        String text = "{\"text\": \"A fine evening\"}";
        assertThat(running.post("/api/book/sign", text).statusCode()).isEqualTo(401);
        String[] anna = {"Authorization", "Bearer token of anna"};
        assertThat(running.post("/api/book/sign", "{}", anna).statusCode()).isEqualTo(422);
        assertThat(running.post("/api/book/sign", text, anna).body())
                .isEqualTo("{\"by\":\"anna\",\"text\":\"A fine evening\"}");
        HttpResponse<String> full = running.post("/api/book/sign", text, anna);
        assertThat(full.statusCode()).isEqualTo(409);
        assertThat(full.body()).contains("BOOK_FULL");
    }
}
