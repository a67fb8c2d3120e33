package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that try to leave the place they stand at; the table holds the file, the template, the value and exactly what must come out. */
class TemplateAttackTest {
    static List<Arguments> table() throws IOException {
        try (InputStream in = TemplateAttackTest.class.getResourceAsStream("/template-attacks.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> Arguments.of((Object[]) line.split("\t", -1)))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void writesTheValueAsAValue(String path, String template, String value, String expected) {
        assertThat(render(path, template, decoded(value))).isEqualTo(decoded(expected));
    }

    @ParameterizedTest
    @MethodSource("table")
    void addsNoElementAndNoAttribute(String path, String template, String value, String expected) {
        boolean markup = path.endsWith(".html") || path.endsWith(".svg");
        if (markup && !expected.startsWith("FAULT")) {
            String attacked = render(path, template, decoded(value));
            assertThat(skeleton(path, attacked)).isEqualTo(skeleton(path, render(path, template, "x")));
        }
    }

    @Test
    void valuesComeOutOfAParserAsTheyWentIn() {
        String value = "<b a='1' c=\"2\">&amp;&#39; \u2028 ж \ud83d\ude00</b>`\\\n\t--></title><script>";
        String page =
                "<title>{{ config('V') }}</title><p title=\"{{ config('V') }}\" lang='{{ config('V') }}'>{{ config('V') }}</p>";
        Document document = Jsoup.parse(render("a.tmpl.html", page, value));
        Element p = Objects.requireNonNull(document.selectFirst("p"));
        assertThat(p.wholeText()).isEqualTo(value);
        assertThat(p.attr("title")).isEqualTo(value);
        assertThat(p.attr("lang")).isEqualTo(value);
        assertThat(Objects.requireNonNull(document.selectFirst("title")).wholeText())
                .isEqualTo(value);
    }

    private static String render(String path, String template, String value) {
        TemplateBench bench = new TemplateBench("").value("V", value);
        Faults faults = new Faults();
        String out = bench.render(path, template, faults);
        return out != null ? out : "FAULT " + bench.faults(path, template).get(0);
    }

    /** The elements and the names of their attributes, without any text. */
    private static String skeleton(String path, String page) {
        Document document = Jsoup.parse(page, path.endsWith(".svg") ? Parser.xmlParser() : Parser.htmlParser());
        StringBuilder skeleton = new StringBuilder();
        document.getAllElements().forEach(element -> {
            skeleton.append('<').append(element.tagName());
            element.attributes().forEach(attribute -> skeleton.append(' ').append(attribute.getKey()));
        });
        return skeleton.toString();
    }

    private static String decoded(String cell) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < cell.length(); i++) {
            char next = cell.charAt(i) == '\\' ? cell.charAt(++i) : 0;
            switch (next) {
                case 0 -> out.append(cell.charAt(i));
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append((char) Integer.parseInt(cell.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> out.append(next);
            }
        }
        return out.toString();
    }
}
