package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipTest {
    @Test
    void unpacksToTheSameBytes() throws IOException {
        Random random = new Random(5);
        try (Gzip gzip = new Gzip()) {
            for (int round = 0; round < 50; round++) {
                byte[] bytes = new byte[512 + random.nextInt(100_000)];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) random.nextInt(1 + round);
                }
                byte[] packed = Objects.requireNonNull(gzip.compress(direct(bytes)));
                assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void givesTheSameOutputEveryTime() {
        ByteBuffer bytes = direct("some text ".repeat(1000).getBytes(StandardCharsets.UTF_8));
        try (Gzip gzip = new Gzip();
                Gzip other = new Gzip()) {
            assertThat(gzip.compress(bytes))
                    .isEqualTo(gzip.compress(bytes))
                    .isEqualTo(other.compress(bytes))
                    .startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
        }
    }

    @Test
    void refusesWhatSavesTooLittle() {
        byte[] noise = new byte[10_000];
        new Random(6).nextBytes(noise);
        try (Gzip gzip = new Gzip()) {
            assertThat(gzip.compress(direct(noise))).isNull();
            assertThat(gzip.compress(direct(new byte[511]))).isNull();
            assertThat(gzip.compress(direct(new byte[512]))).isNotNull();
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return Body.InMemory.of(ByteBuffer.wrap(bytes)).bytes();
    }
}
