package io.betrue.examples.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void saysEveryFailureInEveryLanguage() {
        assertThat(Catalogue.ofAllServices().verify()).isEmpty();
    }
}
