package io.betrue.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import io.betrue.errors.ErrorsPlugin;
import io.javalin.Javalin;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class Step03ErrorsHttpTest {
    // tag::errors[]
    enum BookError implements ErrorCode {
        BOOK_FULL(ErrorDefinition.of(409, "The book is full").detail("It has {pages} pages."));

        private final ErrorDefinition definition;

        BookError(ErrorDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ErrorDefinition definition() {
            return definition;
        }
    }
    // end::errors[]

    @Test
    void answersWithAProblem() throws Exception {
        // tag::app[]
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new ErrorsPlugin(errors -> errors.catalogue(BookError.values())));
            config.routes.post("/entries", ctx -> {
                throw BookError.BOOK_FULL.problem().with("pages", 40).toException();
            });
        });
        // end::app[]
        try (Running running = new Running(app)) {
            HttpResponse<String> full = running.post("/entries", "{}");
            assertThat(full.statusCode()).isEqualTo(409);
            assertThat(full.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(full.body()).contains("\"code\":\"BOOK_FULL\"", "It has 40 pages.");
            assertThat(running.get("/nothing").body()).contains("\"code\":\"NOT_FOUND\"");
        }
    }
}
