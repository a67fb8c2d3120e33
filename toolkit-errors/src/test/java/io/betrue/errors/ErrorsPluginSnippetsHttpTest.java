package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The code of the README's part about Javalin. */
class ErrorsPluginSnippetsHttpTest {
    enum MarketError implements ErrorCode {
        OUT_OF_STOCK(ErrorDefinition.of(409, "Out of stock").detail("Only {left} left."));

        private final ErrorDefinition definition;

        MarketError(ErrorDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ErrorDefinition definition() {
            return definition;
        }
    }

    @Test
    void answersWithProblem() {
        // tag::plugin[]
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new ErrorsPlugin(e -> e.catalogue(MarketError.values())));
            config.routes.post("/orders", ctx -> {
                throw MarketError.OUT_OF_STOCK.problem().with("left", 3).toException();
            });
        });
        // end::plugin[]
        try {
            HttpResponse<String> response = Answers.send(app.start("127.0.0.1", 0), "POST", "/orders", "");
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(Answers.problem(response).detail()).isEqualTo("Only 3 left.");
        } finally {
            app.stop();
        }
    }

    @Test
    void obeysOptions() {
        // tag::options[]
        ErrorsPlugin plugin = new ErrorsPlugin(e -> e.catalogue(MarketError.values())
                .pagesAt("/docs/errors")
                .retryAfter(Duration.ofSeconds(30))
                .challenge("Bearer realm=\"market\"")
                .traceHeader("X-Trace-Id"));
        // end::options[]
        Javalin app = Javalin.create(config -> config.registerPlugin(plugin)).start("127.0.0.1", 0);
        try {
            assertThat(Answers.get(app, "/docs/errors/OUT_OF_STOCK").statusCode())
                    .isEqualTo(200);
        } finally {
            app.stop();
        }
    }

    @Test
    void keepsHandlersOfTheApplication() {
        // tag::priority[]
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new ErrorsPlugin()); // first: of two handlers for the same class the later one counts
            config.routes.exception(
                    LegacyException.class, (e, ctx) -> ctx.status(409).result("legacy"));
            config.routes.error(404, ErrorsPluginSnippetsHttpTest::notFoundPage); // its body replaces the problem
            config.routes.get("/old", ctx -> {
                throw new LegacyException();
            });
        });
        // end::priority[]
        try {
            app.start("127.0.0.1", 0);
            assertThat(Answers.get(app, "/old").body()).isEqualTo("legacy");
            assertThat(Answers.get(app, "/nowhere").body()).isEqualTo("<p>Nothing here");
        } finally {
            app.stop();
        }
    }

    private static void notFoundPage(Context ctx) {
        ctx.html("<p>Nothing here");
    }

    private static final class LegacyException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
