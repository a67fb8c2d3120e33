package io.betrue.commands.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    private final Origins own = new Origins(Set.of(), false);

    @Test
    void comparesOriginsAsBrowsersWriteThem() {
        assertThat(own.allow("https://Shop.example.com", "shop.example.com:443"))
                .isTrue();
        assertThat(own.allow("http://shop.example.com", "shop.example.com:80")).isTrue();
        assertThat(own.allow("http://shop.example.com", "shop.example.com:443")).isFalse();
        assertThat(own.allow("http://[::1]:8080", "[::1]:8080")).isTrue();
        assertThat(own.allow("https://shop.example.com", null)).isFalse();
        assertThat(own.allow(null, null)).as("no browser").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example.com", "https://app.example.com/", "https://a@b.org", "*", "null", "https://"})
    void refusesWhatNoBrowserWrites(String origin) {
        assertThatThrownBy(() -> Origins.checked(origin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must look like https://app.example.com");
    }
}
