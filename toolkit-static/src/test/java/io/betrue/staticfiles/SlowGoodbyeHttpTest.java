package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.ErrorsPlugin;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.junit.jupiter.api.Test;

/** What Jetty refuses, and whose threads answer the rest. */
class SlowGoodbyeHttpTest {
    private static final String UNPARSABLE = "GET /%zz HTTP/1.1\r\nHost: here\r\n\r\n";
    private static final String MALFORMED = "GET /\\x HTTP/1.1\r\nHost: here\r\n\r\n";

    private static void serve(Consumer<JavalinConfig> more, Consumer<Javalin> client) {
        Tree tree = Site.tree(true);
        Javalin app = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    more.accept(config);
                    Serving.install(config.unsafe, () -> tree);
                })
                .start(0);
        try {
            client.accept(app);
        } finally {
            app.stop();
        }
    }

    @Test
    void saysThatItClosesAfterWhatCannotBeParsed() {
        serve(config -> {}, app -> {
            Answer answer = RawHttp.exchange(app.port(), UNPARSABLE);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Connection")).isEqualTo("close");
        });
    }

    @Test
    void goesOnAfterWhatIsParsedAndRefused() {
        serve(config -> {}, app -> {
            try (RawHttp wire = new RawHttp(app.port())) {
                wire.send(MALFORMED + MALFORMED);
                assertThat(wire.read(false).status()).isEqualTo(400);
                assertThat(wire.read(false).status()).isEqualTo(400);
            }
        });
    }

    @Test
    void leavesTheAnswerToTheErrorHandlerOfTheApplication() {
        serve(config -> config.registerPlugin(new ErrorsPlugin()), app -> {
            Answer answer = RawHttp.exchange(app.port(), UNPARSABLE);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.header("Connection")).isEqualTo("close");
        });
    }

    @Test
    void claimsNotToBlockOnlyWhereNoHandlerOfTheApplicationStands() {
        serve(config -> {}, app -> assertThat(invocation(app)).isEqualTo(InvocationType.NON_BLOCKING));
        serve(
                config -> config.registerPlugin(new ErrorsPlugin()),
                app -> assertThat(invocation(app)).isEqualTo(InvocationType.NON_BLOCKING));
        serve(
                config -> config.jetty.modifyServer(server -> server.setHandler(new Handler.Wrapper())),
                app -> assertThat(invocation(app)).isEqualTo(InvocationType.BLOCKING));
    }

    private static InvocationType invocation(Javalin app) {
        Server server = app.jettyServer().server();
        return server.getInvocationType();
    }
}
