package io.betrue.jobs.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeTest {
    private final EventType<String> type = EventType.of("a/b", String.class);

    @Test
    void hasNoKeyUnlessItWasSaidHowToFindIt() {
        assertThat(type.key("x")).isEmpty();
        assertThat(type.keyedBy(String::length).key("four")).contains("4");
        assertThat(type.keyedBy(event -> null).key("x")).isEmpty();
    }

    @Test
    void isTheSameWhenItsCodeIs() {
        assertThat(type).isEqualTo(EventType.of("a/b", Integer.class)).hasSameHashCodeAs(type.keyedBy(x -> x));
        assertThat(type).isNotEqualTo(EventType.of("a/c", String.class)).hasToString("a/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a b", "ä", "a,b"})
    void refusesOtherCodes(String code) {
        assertThatThrownBy(() -> EventType.of(code, String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 100");
    }

    @Test
    void refusesKeysThatAreEmptyOrTooLongOrCannotBeKept() {
        EventType<String> keyed = type.keyedBy(event -> event);
        assertThat(keyed.key("k".repeat(500))).isPresent();
        for (String key : new String[] {"", "k".repeat(501), "a\0b"}) {
            assertThatThrownBy(() -> keyed.key(key)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void idsAreOfVersion7AndGrowWithTime() {
        Random random = new Random(7);
        UUID first = Uuids.next(0x0123_4567_89ABL, random);
        UUID second = Uuids.next(0x0123_4567_89ACL, random);
        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(first.toString()).startsWith("01234567-89ab-7");
        assertThat(second.toString()).isGreaterThan(first.toString());
    }
}
