package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What other plugins can ask of this one. */
class ErrorsPluginHookHttpTest {
    /** What an after-handler was told. */
    private record Told(boolean around, Optional<Problem> problem) {}

    private static Told ask(String path, Consumer<JavalinConfig> more, String... headers) throws Exception {
        LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();
        Javalin app = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    more.accept(config);
                    config.routes.get("/fine", ctx -> ctx.result("fine"));
                    config.routes.get("/gone", ctx -> {
                        throw StandardError.GONE.problem().toException();
                    });
                    config.routes.after(
                            ctx -> told.add(new Told(ErrorsPlugin.isAround(ctx), ErrorsPlugin.problem(ctx))));
                })
                .start("127.0.0.1", 0);
        try {
            Answers.get(app, path, headers);
            Told first = told.poll(10, TimeUnit.SECONDS);
            assertThat(first).isNotNull();
            return first;
        } finally {
            app.stop();
        }
    }

    private static void plugin(JavalinConfig config) {
        config.registerPlugin(new ErrorsPlugin());
    }

    @Test
    void givesProblemThatIsTheResult() throws Exception {
        Told told = ask("/gone", ErrorsPluginHookHttpTest::plugin, "Accept-Language", "ru");
        assertThat(told.around()).isTrue();
        assertThat(told.problem().orElseThrow().code()).isEqualTo(StandardError.GONE);
        assertThat(told.problem().orElseThrow().traceId()).hasSize(32);
        assertThat(told.problem().orElseThrow().title()).isEqualTo("Больше не существует");
    }

    @Test
    void givesProblemOfPage() throws Exception {
        Told told = ask("/gone", ErrorsPluginHookHttpTest::plugin, "Accept", "text/html");
        assertThat(told.problem().orElseThrow().code()).isEqualTo(StandardError.GONE);
    }

    @Test
    void givesNothingForOtherResults() throws Exception {
        assertThat(ask("/fine", ErrorsPluginHookHttpTest::plugin)).isEqualTo(new Told(true, Optional.empty()));
    }

    @Test
    void tellsWhenItIsNotThere() throws Exception {
        assertThat(ask("/fine", config -> {})).isEqualTo(new Told(false, Optional.empty()));
    }

    @Test
    void tellsTheTraceUnderWhichItAnswers() throws Exception {
        LinkedBlockingQueue<Optional<String>> told = new LinkedBlockingQueue<>();
        ask(
                "/fine",
                config -> {
                    plugin(config);
                    config.routes.before(ctx -> told.add(ErrorsPlugin.traceId(ctx)));
                },
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        ask("/fine", config -> config.routes.before(ctx -> told.add(ErrorsPlugin.traceId(ctx))));
        assertThat(told).containsExactly(Optional.of("0af7651916cd43dd8448eb211c80319c"), Optional.empty());
    }
}
