package io.betrue.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.config.Config;
import io.betrue.config.ConfigException;
import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.javalin.Javalin;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Step02SettingsHttpTest {
    // tag::group[]
    static final class BookConfig extends ConfigGroup {
        final String title = env("BOOK_TITLE")
                .describedAs("What the page says at its head")
                .orElse("Guest book")
                .asString();
        final int longest = env("BOOK_LONGEST")
                .describedAs("Letters of an entry, at most")
                .orElse(200)
                .between(1, 10_000)
                .asInt();

        BookConfig(Environment env) {
            super("Guest book", env);
        }
    }
    // end::group[]

    @Test
    void readsTheEnvironment() throws Exception {
        Environment env = Environment.of(Map.of("BOOK_TITLE", "Visitors"));
        // tag::use[]
        BookConfig book = Config.load(env, BookConfig::new); // in main: Config.loadOrExit(Environment.system(), …)
        Javalin app = Javalin.create(config -> config.routes.get("/hello", ctx -> ctx.result(book.title)));
        // end::use[]
        try (Running running = new Running(app)) {
            assertThat(running.get("/hello").body()).isEqualTo("Visitors");
        }
    }

    @Test
    void saysEveryFaultAtOnce() {
        Environment env = Environment.of(Map.of("BOOK_LONGEST", "many"));
        assertThatThrownBy(() -> Config.load(env, BookConfig::new))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("BOOK_LONGEST");
    }
}
