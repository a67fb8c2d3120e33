package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private final TemplateBench bench =
            new TemplateBench("/content").value("NAME", "from config").value("PORT", 8080L);

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "a { b } c", "}} reversed {", "a{b{c}}d", "\0\ud800\r\n\t", "{", "{ {", "}}}}"})
    void passesTextUnchanged(String text) {
        for (String path :
                new String[] {"a.tmpl.txt", "a.tmpl.html", "a.tmpl.js", "a.tmpl.css", "a.tmpl.json", "a.tmpl.xml"}) {
            assertThat(bench.render(path, text)).isEqualTo(text);
        }
    }

    @Test
    void takesValuesFromConfigAndFromTheDefault() {
        assertThat(bench.render("a.tmpl.txt", "{{ config('NAME') }}")).isEqualTo("from config");
        assertThat(bench.render("a.tmpl.txt", "{{config('NONE', 'default')}}")).isEqualTo("default");
        assertThat(bench.render(
                        "a.tmpl.txt", "{{ config('PORT') }} {{ config('NONE', -1.50) }} {{ config('NONE', true) }}"))
                .isEqualTo("8080 -1.5 true");
    }

    @Test
    void putsThePrefixBeforePages() {
        assertThat(bench.render("a.tmpl.txt", "{{ url('page/1') }} {{ url('/page/1?a=1#b') }} {{ url('') }}"))
                .isEqualTo("/content/page/1 /content/page/1?a=1#b /content/");
        assertThat(new TemplateBench("").render("a.tmpl.txt", "{{ url('page/1') }} {{ url('/') }}"))
                .isEqualTo("/page/1 /");
        assertThat(bench.render("a.tmpl.txt", "{{ url('ж a%20b\"\\\\') }}")).isEqualTo("/content/%D0%B6%20a%20b%22%5C");
    }

    @Test
    void findsFiles() {
        assertThat(bench.render("a.tmpl.txt", "{{ file('/any-file.txt') }}{{ file(\"css/../any-file.txt\", 'none') }}"))
                .isEqualTo("/content/any-file.txt/content/any-file.txt");
        assertThat(bench.render(
                        "a.tmpl.txt", "{{ file('css/a.css', 'fingerprint') }}{{ file('css/a.css', 'modified') }}"))
                .isEqualTo("/content/css/a.css?v=3f2a/content/css/a.css");
        assertThat(bench.asked).containsExactly(null, FileVersion.NONE, FileVersion.FINGERPRINT, FileVersion.MODIFIED);
    }

    @Test
    void nestsCallsAndReadsOverLineBreaks() {
        assertThat(bench.render("a.tmpl.txt", "{{\n  file(\r\n config( 'LOGO' ,\n\t'img/logo.svg' ) )\n}}"))
                .isEqualTo("/content/img/logo.svg");
    }

    @Test
    void readsLiteralsAndComments() {
        assertThat(bench.render(
                        "a.tmpl.txt",
                        "{{ '{{' }}{{! not {{ shown }}{{ \"}}\" }}{{ '\\'\\\"\\\\\\n\\t\\u0416' }}{{ 007 }}"))
                .isEqualTo("{{}}'\"\\\n\tЖ7");
        assertThat(bench.render("a.tmpl.html", "<p title={{! no value }}\"{{ 'x' }}\">"))
                .isEqualTo("<p title=\"x\">");
    }

    @Test
    void callsTheFunctionsOfTheApplication() {
        bench.function("join", arguments -> arguments.toString()).function("number", arguments -> 3L);
        assertThat(bench.render("a.tmpl.txt", "{{ join('a', 1, -2.5, true, number()) }}"))
                .isEqualTo("[a, 1, -2.5, true, 3]");
    }

    @Test
    void refusesNamesThatAreBuiltIn() {
        Template.requireFunctionName("asset_url.v2");
        assertThatThrownBy(() -> Template.requireFunctionName("file"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("function \"file\" of the templates is built in; give yours another name");
        assertThatThrownBy(() -> Template.requireFunctionName("true")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Template.requireFunctionName("1a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTemplatesByTheirName() {
        assertThat(Template.isTemplate("a/index.tmpl.html")).isTrue();
        assertThat(Template.isTemplate("x.tmpl.d/index.html")).isFalse();
        assertThat(Template.isTemplate("a.tmpl")).isFalse();
        assertThat(Template.servedPath("x.tmpl.d/index.tmpl.html")).isEqualTo("x.tmpl.d/index.html");
        assertThat(Template.servedPath("a.html")).isEqualTo("a.html");
    }
}
