package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpServerTest {
    @Test
    void saysEveryFailureInEveryLanguage() {
        assertThat(HttpServer.catalogue().verify()).isEmpty();
    }
}
