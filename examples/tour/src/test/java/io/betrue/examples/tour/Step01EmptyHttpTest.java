package io.betrue.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import org.junit.jupiter.api.Test;

class Step01EmptyHttpTest {
    @Test
    void greets() throws Exception {
        // tag::app[]
        Javalin app = Javalin.create(config -> config.routes.get("/hello", ctx -> ctx.result("Hello")));
        // end::app[]
        try (Running running = new Running(app)) {
            assertThat(running.get("/hello").body()).isEqualTo("Hello");
        }
    }
}
