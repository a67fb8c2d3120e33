package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NegotiationTest {
    private final Negotiation negotiation = new Negotiation();
    private final Entry.Resource zipped =
            Site.resource(Sample.mount("/", mount -> {}), "/a.css", "plain", false, List.of("gzip"));

    private @Nullable String coding(String acceptEncoding) {
        return negotiation.choose(zipped, acceptEncoding).coding();
    }

    private static String padded(String member, int length) {
        return member + " ".repeat(length - member.length());
    }

    @Test
    void remembersNoMoreThan256Values() {
        for (int i = 0; i < 300; i++) {
            assertThat(coding("gzip, x" + i)).isEqualTo("gzip");
            assertThat(coding("gzip;q=0, y" + i)).isNull();
        }
        assertThat(negotiation.cached()).isEqualTo(256);
        assertThat(coding("gzip, x0")).isEqualTo("gzip");
        assertThat(coding("gzip, x299")).isEqualTo("gzip");
        assertThat(coding("gzip;q=0, y299")).isNull();
    }

    @Test
    void remembersNoValueOfMoreThan200Characters() {
        assertThat(coding(padded("gzip", 201))).isEqualTo("gzip");
        assertThat(negotiation.cached()).isZero();
        assertThat(coding(padded("gzip", 200))).isEqualTo("gzip");
        assertThat(negotiation.cached()).isEqualTo(1);
    }

    @Test
    void remembersEachValueOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(coding("gzip")).isEqualTo("gzip");
        }
        assertThat(negotiation.cached()).isEqualTo(1);
    }

    @Test
    void readsNothingWhereThereIsNothingToChoose() {
        Entry.Resource plain = Site.resource(Sample.mount("/", mount -> {}), "/a.txt", "plain", false, List.of());
        assertThat(negotiation.choose(plain, "gzip").coding()).isNull();
        assertThat(negotiation.choose(zipped, null).coding()).isNull();
        assertThat(negotiation.choose(zipped, "").coding()).isNull();
        assertThat(negotiation.cached()).isZero();
    }
}
