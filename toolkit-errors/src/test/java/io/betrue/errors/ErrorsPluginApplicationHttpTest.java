package io.betrue.errors;

import static io.betrue.errors.Answers.get;
import static io.betrue.errors.Answers.header;
import static io.betrue.errors.Answers.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How the plugin gets along with what an application does itself. */
class ErrorsPluginApplicationHttpTest {
    @Test
    void leavesBodiesOfTheApplicationAlone() {
        with(config -> {}, app -> {
            assertThat(get(app, "/own-body").body()).isEqualTo("my own page");
            assertThat(get(app, "/own-body").statusCode()).isEqualTo(404);
            assertThat(get(app, "/own-empty").body()).isEmpty();
        });
    }

    @Test
    void letsHandlersOfTheApplicationGoFirst() {
        Consumer<JavalinConfig> own = config -> config.routes
                .exception(
                        IllegalStateException.class, (e, ctx) -> ctx.status(418).result("mine"))
                .error(404, ctx -> ctx.result("my 404"))
                .error(403, ctx -> ctx.json("my 403"));
        with(own, app -> {
            assertThat(get(app, "/runtime").body()).isEqualTo("mine");
            assertThat(get(app, "/nowhere").body()).isEqualTo("my 404");
            assertThat(header(get(app, "/nowhere"), "Content-Type")).isEqualTo("text/plain");
            assertThat(header(get(app, "/forbidden"), "Content-Type")).isEqualTo("application/json");
            assertThat(problem(get(app, "/checked")).code()).isEqualTo(StandardError.INTERNAL);
        });
    }

    @Test
    void keepsProblemsFromCatchAllOfTheApplication() {
        with(config -> config.routes.exception(Exception.class, (e, ctx) -> ctx.status(500)), app -> {
            assertThat(problem(get(app, "/problem")).code()).isEqualTo(FailingApp.ShopError.OUT_OF_STOCK);
            assertThat(problem(get(app, "/runtime")).code()).isEqualTo(StandardError.INTERNAL);
        });
    }

    @Test
    void answersWhenHandlerOfErrorsThrowsItself() {
        Consumer<JavalinConfig> own = config -> config.routes
                .exception(IllegalStateException.class, (e, ctx) -> {
                    throw new IllegalArgumentException(FailingApp.SECRET);
                })
                .error(404, ctx -> {
                    throw new IllegalArgumentException(FailingApp.SECRET);
                });
        with(own, app -> {
            assertThat(problem(get(app, "/runtime")).code()).isEqualTo(StandardError.INTERNAL);
            assertThat(problem(get(app, "/runtime", "Accept", "application/json"))
                            .code())
                    .isEqualTo(StandardError.INTERNAL);
            assertThat(problem(get(app, "/nowhere")).code()).isEqualTo(StandardError.INTERNAL);
        });
    }

    @Test
    void cutsConnectionWhenResponseHadBegun() {
        with(config -> {}, app -> {
            assertThatThrownBy(() -> RawHttp.exchange(app.port(), "GET /half-sent HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> RawHttp.exchange(app.port(), "GET /broken-late HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(get(app, "/ok").body()).isEqualTo("fine");
        });
    }

    @Test
    void resolvesTypeUnderContextPath() {
        with(config -> config.router.contextPath = "/shop", app -> {
            Problem problem = problem(get(app, "/shop/problem"));

            assertThat(problem.type()).hasToString("/shop/errors/OUT_OF_STOCK");
            assertThat(get(app, problem.type().toString()).body()).contains("Out of stock");
        });
    }

    @Test
    void describesEachCode() {
        with(config -> {}, app -> {
            HttpResponse<String> json = get(app, "/errors");
            assertThat(header(json, "Content-Type")).isEqualTo("application/json");
            assertThat(json.body()).contains("OUT_OF_STOCK", "INTERNAL");
            HttpResponse<String> markdown = get(app, "/errors", "Accept", "text/markdown");
            assertThat(header(markdown, "Content-Type")).isEqualTo("text/markdown;charset=utf-8");
            assertThat(markdown.body()).contains("OUT_OF_STOCK");
            HttpResponse<String> page = get(app, "/errors/OUT_OF_STOCK", "Accept", "text/html");
            assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=utf-8");
            assertThat(page.body()).contains("OUT_OF_STOCK").doesNotContain("<script");
            assertThat(get(app, "/errors/OUT_OF_STOCK").body()).contains("\"status\" : 409");
            assertThat(problem(get(app, "/errors/%3Cb%3E")).code()).isEqualTo(StandardError.NOT_FOUND);
        });
    }

    @Test
    void obeysItsConfiguration() {
        ErrorsPlugin plugin = new ErrorsPlugin(e -> e.pagesAt("/docs/codes")
                .retryAfter(Duration.ofMillis(1500))
                .challenge("Basic realm=\"shop\"")
                .traceHeader("X-Trace-Id"));
        try (Closing closing = new Closing(Javalin.create(config -> {
            config.registerPlugin(plugin);
            FailingApp.basics(config);
            config.routes.get("/401", ctx -> ctx.status(401));
            config.routes.get("/503", ctx -> ctx.status(503));
        }))) {
            Javalin app = closing.app;
            assertThat(header(get(app, "/401"), "WWW-Authenticate")).isEqualTo("Basic realm=\"shop\"");
            assertThat(header(get(app, "/503"), "Retry-After")).isEqualTo("2");
            HttpResponse<String> missing = get(app, "/errors");
            assertThat(problem(missing).type()).hasToString("/docs/codes/NOT_FOUND");
            assertThat(header(missing, "X-Trace-Id")).isEqualTo(problem(missing).traceId());
            assertThat(get(app, "/docs/codes/NOT_FOUND").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void servesNoPagesWhenToldSo() {
        try (Closing closing = new Closing(Javalin.create(config -> {
            config.registerPlugin(new ErrorsPlugin(ErrorsConfig::withoutPages));
            FailingApp.basics(config);
        }))) {
            assertThat(get(closing.app, "/errors").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void allowsGetWhereStaticFileIs() {
        Consumer<JavalinConfig> files = config -> config.staticFiles.add("/io/betrue/errors", Location.CLASSPATH);
        with(files, app -> {
            HttpResponse<String> response = Answers.send(app, "POST", "/FailingApp.class", "");
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
            assertThat(problem(get(app, "/no-such-file.css")).code()).isEqualTo(StandardError.NOT_FOUND);
        });
    }

    @Test
    void refusesConfigurationThatCannotWork() {
        ErrorsConfig config = new ErrorsConfig();
        assertThatThrownBy(() -> config.pagesAt("errors/")).hasMessageContaining("\"errors/\" must look like /errors");
        assertThatThrownBy(() -> config.retryAfter(Duration.ofSeconds(-1)))
                .hasMessageContaining("0..366 days, was PT-1S");
        assertThatThrownBy(() -> config.challenge("a\r\nb")).hasMessageContaining("visible ASCII");
        assertThatThrownBy(() -> config.traceHeader("X Trace")).hasMessageContaining("\"X Trace\"");
    }

    /** An application that stops when the test is over. */
    private static final class Closing implements AutoCloseable {
        private final Javalin app;

        private Closing(Javalin app) {
            this.app = app.start();
        }

        @Override
        public void close() {
            app.stop();
        }
    }

    private static void with(Consumer<JavalinConfig> own, Consumer<Javalin> test) {
        Javalin app = FailingApp.start(own);
        try {
            test.accept(app);
        } finally {
            app.stop();
        }
    }
}
