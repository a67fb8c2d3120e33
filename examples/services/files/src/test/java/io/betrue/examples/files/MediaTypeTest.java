package io.betrue.examples.files;

import static io.betrue.examples.files.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaTypeTest {
    private static MediaType of(String bytes) {
        return MediaType.of(Samples.head(bytes(bytes)));
    }

    @Test
    void isToldByTheFirstBytes() {
        assertThat(MediaType.of(Samples.head(Samples.PNG))).isEqualTo(MediaType.PNG);
        assertThat(of("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF")).isEqualTo(MediaType.JPEG);
        assertThat(of("GIF89a...")).isEqualTo(MediaType.GIF);
        assertThat(of("GIF87a...")).isEqualTo(MediaType.GIF);
        assertThat(of("RIFF\u0001\u0002\u0003\u0004WEBPVP8 ")).isEqualTo(MediaType.WEBP);
        assertThat(of("%PDF-1.7\n")).isEqualTo(MediaType.PDF);
        assertThat(of("PK\u0003\u0004...")).isEqualTo(MediaType.ZIP);
        assertThat(of("PK\u0005\u0006" + "\0".repeat(18))).as("empty").isEqualTo(MediaType.ZIP);
    }

    @Test
    void isPerhapsTextWhereItIsNothingElse() {
        assertThat(of("")).isEqualTo(MediaType.TEXT);
        assertThat(of("hello")).isEqualTo(MediaType.TEXT);
        assertThat(of("<svg>")).isEqualTo(MediaType.TEXT);
        assertThat(of("\u0089PN")).as("too short for a PNG").isEqualTo(MediaType.TEXT);
        assertThat(of("RIFF\u0001\u0002\u0003\u0004WAVEfmt ")).as("sound").isEqualTo(MediaType.TEXT);
        assertThat(of(" %PDF-1.7")).as("not from the first byte on").isEqualTo(MediaType.TEXT);
    }

    @Test
    void understandsWhatSendersSay() {
        assertThat(MediaType.named("IMAGE/PNG")).contains(MediaType.PNG);
        assertThat(MediaType.named("image/jpg")).contains(MediaType.JPEG);
        assertThat(MediaType.named("application/x-zip-compressed")).contains(MediaType.ZIP);
        assertThat(MediaType.named("text/csv; charset=\"UTF-8\"")).contains(MediaType.TEXT);
        assertThat(MediaType.named("text/plain; charset=utf-16")).isEmpty();
        assertThat(MediaType.named("image/svg+xml")).isEmpty();
        assertThat(MediaType.named("text/html")).isEmpty();
        assertThat(MediaType.named(";")).isEmpty();
    }
}
