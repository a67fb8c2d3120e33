package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberedPatternTest {
    private final List<String> looked = new ArrayList<>();
    private final RememberedPattern pattern = new RememberedPattern(text -> {
        looked.add(text);
        return text.startsWith("a");
    });

    @Test
    void looksAtALongTextOnce() {
        String yes = "a".repeat(1_000);
        String no = "b".repeat(1_000);
        assertThat(pattern.find(yes)).isTrue();
        assertThat(pattern.find(yes)).isTrue();
        assertThat(pattern.find(no)).isFalse();
        assertThat(pattern.find(no)).isFalse();
        assertThat(looked).containsExactly(yes, no);
    }

    @Test
    void looksAtEachOtherText() {
        pattern.find("short");
        pattern.find("short");
        assertThat(looked).hasSize(2);
    }
}
