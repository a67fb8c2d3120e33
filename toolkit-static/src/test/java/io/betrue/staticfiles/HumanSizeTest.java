package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HumanSizeTest {
    @Test
    void roundsUpToTenths() {
        assertThat(HumanSize.of(0)).isEqualTo("0 B");
        assertThat(HumanSize.of(1023)).isEqualTo("1023 B");
        assertThat(HumanSize.of(1024)).isEqualTo("1.0 KB");
        assertThat(HumanSize.of(1025)).isEqualTo("1.1 KB");
        assertThat(HumanSize.of((1 << 20) - 1)).isEqualTo("1.0 MB");
        assertThat(HumanSize.of(1 << 20)).isEqualTo("1.0 MB");
        assertThat(HumanSize.of(4_400_000)).isEqualTo("4.2 MB");
        assertThat(HumanSize.of(3L << 30)).isEqualTo("3.0 GB");
        assertThat(HumanSize.of(5000L << 30)).isEqualTo("5000.0 GB");
        assertThat(HumanSize.of(Long.MAX_VALUE)).isEqualTo("8589934592.0 GB");
    }
}
