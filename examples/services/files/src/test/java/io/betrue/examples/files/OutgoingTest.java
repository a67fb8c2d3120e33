package io.betrue.examples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OutgoingTest {
    private static final byte[] FILE = Samples.png(100_000);
    private static final byte[] SHA256 = Hashes.sha256().digest(FILE);

    private static Outgoing of(byte[] stored) {
        return new Outgoing(new ByteArrayInputStream(stored), FILE.length, SHA256);
    }

    @Test
    void givesWhatWasUploaded() throws IOException {
        try (Outgoing outgoing = of(FILE)) {
            assertThat(outgoing.readAllBytes()).isEqualTo(FILE);
        }
    }

    @Test
    void keepsTheLastBytesBackWhereOthersHaveChanged() {
        byte[] changed = FILE.clone();
        changed[70_000] ^= 1;
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        assertThatThrownBy(() -> of(changed).transferTo(got)).isInstanceOf(IOException.class);
        assertThat(got.size()).isLessThan(FILE.length);
    }

    @Test
    void failsWhereBytesAreMissingOrTooMany() {
        for (int length : new int[] {0, FILE.length - 1, FILE.length + 1}) {
            byte[] other = Arrays.copyOf(FILE, length);
            assertThatThrownBy(() -> of(other).readAllBytes()).isInstanceOf(IOException.class);
        }
    }
}
