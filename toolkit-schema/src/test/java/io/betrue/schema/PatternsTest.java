package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[A-Z]{3}-\\d{4,6}$",
                "^[A-Z]{3}-[0-9]{4}(-[a-z]+)?$",
                "^[a-z0-9]+(?:-[a-z0-9]+)*$",
                "^(\\d+)\\.(\\d+)\\.(\\d+)(-[a-z]+)?$",
                "^(EUR|USD|GBP)$",
                "^[^@ ]+@[^@ ]+$",
                "^\\+?[0-9 ()-]{6,20}$",
                "^(0|[1-9]\\d*)(,\\d{3}){0,2}$",
                "^ab?c*d",
                "^.{1,5}$",
                "^((a|b){2}-)+c$",
                "^$",
                "^a{0}b$",
            })
    void matchesSimplePatternsInOnePassAsTheJdkDoes(String pattern) {
        TextPattern simple = Objects.requireNonNull(RunPattern.of(pattern), "is not taken");
        Pattern jdk = Pattern.compile(pattern.replaceAll("\\$$", "\\\\z"));
        Random random = new Random(7);
        String alphabet = "aabcdz0019AEUR-,.@+ ()\n\u2028é😀";
        int matches = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = random(random, alphabet);
            boolean expected = jdk.matcher(text).find();
            matches += expected ? 1 : 0;
            assertThat(simple.find(text) == expected)
                    .as("%s on %s", pattern, text)
                    .isTrue();
        }
        assertThat(matches).isPositive();
    }

    /** {@return a text that is near what the patterns match} */
    private static String random(Random random, String alphabet) {
        int[] characters = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        String[] near = {
            "EUR",
            "USD",
            "ABC-1234",
            "ABC-1234-red",
            "a-b",
            "1.2.3",
            "1.2.3-a",
            "a@b",
            "+49 30 1",
            "1,234,567",
            "ab-c",
            "abccd",
            "bd",
            ""
        };
        text.append(near[random.nextInt(near.length)]);
        for (int i = random.nextInt(4); i > 0; i--) {
            int where = random.nextInt(text.length() + 1);
            if (random.nextBoolean() || text.isEmpty()) {
                text.insert(where, Character.toString(characters[random.nextInt(characters.length)]));
            } else {
                text.deleteCharAt(Math.min(where, text.length() - 1));
            }
        }
        // a lone surrogate is not one character, and engines differ about it
        String made = text.toString();
        return made.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF) ? "" : made;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a-z]",
                "^a+a$",
                "^(a|ab)c$",
                "^(a*)*$",
                "^(a+)+$",
                "^a|b$",
                "^a+?b$",
                "^[[:alpha:]]$x",
                "^(a?b?)+$",
                "^(ab)*a$",
                "^(ab)*",
                "^\\s$",
                "^é$",
                "^(?=a)b$",
                "^(?i)a$",
                "^[a-\\d]$",
            })
    void leavesOtherPatternsToTheAutomaton(String pattern) {
        assertThat(RunPattern.of(pattern)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\\d | ٣ | false",
                "^\\p{Letter}+$ | äé | true",
                "^\\p{Script=Greek}$ | α | true",
                "^\\u00e4$ | ä | true",
                "^\\u{1F600}$ | 😀 | true",
                "^\\uD83D\\uDE00$ | 😀 | true",
                "^\\x41$ | A | true",
                "^[]$ | a | false",
                "^[^]$ | a | true",
                "^[[]$ | [ | true",
                "(?<year>\\d{4}) | 2026 | true",
                "a.c | a😀c | true",
                "\\bword\\b | a word here | true",
                "^[\\w-]+$ | a-b | true",
                "a\\/b | a/b | true",
            })
    void meansWhatEcma262Says(String pattern, String text, boolean matches) {
        assertThat(Patterns.compile(pattern).find(text)).isEqualTo(matches);
    }

    @Test
    void endsAtTheEndAndNotBeforeALineBreak() {
        assertThat(Patterns.compile("^(a|ab)$").find("ab\n")).isFalse();
        assertThat(Patterns.compile("^ab$").find("ab\n")).isFalse();
        assertThat(Patterns.compile("x.y").find("x\u2028y")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "(?!a) | looks ahead",
                "(?<=a) | looks behind",
                "(a)\\1 | refers back",
                "\\Z | \\Z, which is no escape",
                "[a | without its ]",
                "\\u12 | not complete",
                "\\p{Klingon} | not a regular expression that can be run",
                "(((a{1000}){1000}){1000}) | too large",
                "(a{30}){100}x | too large",
            })
    void tellsWhyAPatternIsRefused(String pattern, String message) {
        assertThatThrownBy(() -> Patterns.compile(pattern))
                .isInstanceOf(Patterns.Refused.class)
                .hasMessageContaining(message);
    }
}
