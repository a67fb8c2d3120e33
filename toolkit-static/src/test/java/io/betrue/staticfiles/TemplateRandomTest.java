package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateRandomTest {
    private static final List<String> EXTENSIONS = List.of("html", "svg", "js", "css", "json", "txt");
    private static final List<String> PIECES = List.of(
            "{{",
            "}}",
            "{",
            "}",
            "'",
            "\"",
            "`",
            "${",
            "\\",
            "/",
            "/*",
            "*/",
            "//",
            "<",
            ">",
            "</",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<script>",
            "</script>",
            "<style>",
            "</style>",
            "<a href=\"",
            "<b onclick='",
            "<b style=\"",
            "<title>",
            "<svg>",
            "&quot;",
            "&#",
            "url(",
            "@import ",
            "\n",
            "\r\n",
            " ",
            "=",
            "(",
            ")",
            "{{ config('V') }}",
            "{{ url('x') }}",
            "{{ file('no') }}",
            "{{!",
            "config(",
            "1",
            "a",
            "\0",
            "\ud800",
            "ж");

    @Test
    void tenThousandRandomTemplatesEndWithTextOrFaults() {
        Random random = new Random(20_250_101);
        TemplateBench bench = new TemplateBench("/p").value("V", "</script>'\"`${\\<!--");
        int rendered = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            int count = 0;
            for (int i = 0; i < 10_000; i++) {
                Faults faults = new Faults();
                String path = "a.tmpl." + EXTENSIONS.get(i % EXTENSIONS.size());
                String out = bench.render(path, text(random), faults);
                assertThat(out == null).isEqualTo(!faults.all().isEmpty());
                count += out == null ? 0 : 1;
            }
            return count;
        });
        assertThat(rendered).isBetween(500, 9_500);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(60); pieces > 0; pieces--) {
            boolean any = random.nextInt(4) == 0;
            text.append(
                    any ? String.valueOf((char) random.nextInt(0x10000)) : PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{",
                "}}",
                "{",
                "<a ",
                "<",
                "</",
                "<!--",
                "\"",
                "'",
                "`",
                "${",
                "/",
                "/*",
                "\\",
                "&",
                "&#",
                "(",
                "[",
                "{{'",
                "{{\"}}'",
                "{{ url('a') }} text",
                "<!>",
                "<a href='",
                "<script>",
                "<script><!--",
                "<title>",
                "url(",
                "<a href=\"{{ url('a') }}?",
                "{{!",
                "<![CDATA[",
                "<b onclick=\"&amp",
                "\r\n{{?}}"
            })
    void aMegabyteOfAnythingTakesLinearTime(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());
        TemplateBench bench = new TemplateBench("/p");
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (String extension : List.of("html", "svg", "js", "css", "json")) {
                Faults faults = new Faults();
                assertThat(bench.render("a.tmpl." + extension, text, faults) == null)
                        .isEqualTo(!faults.all().isEmpty());
            }
        });
    }
}
