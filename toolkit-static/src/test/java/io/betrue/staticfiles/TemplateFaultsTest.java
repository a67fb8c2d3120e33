package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateFaultsTest {
    private final TemplateBench bench =
            new TemplateBench("/p").value("LOGO", "img/logo.svg").value("V", "x");

    @Test
    void tellsUnknownNamesBesideFaultsOfSyntax() {
        assertThat(bench.faults("a.tmpl.txt", "{{ urk('x') }}\n{{ config('NOPE') }} {{ 1 2 }}\n{{ file('none') "))
                .extracting(fault -> fault.substring(0, 4))
                .containsExactly("1:4 ", "2:4 ", "2:27", "3:1 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a {{ config('V')                    | 1:3 \"{{\" is not closed by \"}}\"; braces that are meant as text are written {{ '{{' }}",
                "a {{! never closed                  | 1:3 \"{{\" is not closed by \"}}\"; braces that are meant as text are written {{ '{{' }}",
                "{{ }}                               | 1:4 expected a function, a string, a number, true or false but found \"}\"",
                "{{ config 'V') }}                   | 1:11 expected \"(\" behind the function's name config but found \"'\"; text is written in quotes",
                "{{ config('V' 'W') }}               | 1:15 expected \",\" or \")\" but found \"'\"",
                "{{ 'a' + 'b' }}                     | 1:8 expected \"}}\" but found \"+\"",
                "{{ '\\x' }}                         | 1:7 a string knows the escapes \\' \\\" \\\\ \\n \\t \\u0000 only",
                "{{ 1.a }}                           | 1:6 a number is written like 42, -7 or 0.5",
                "{{ 99999999999999999999 }}          | 1:24 number 99999999999999999999 is too large; write it as a string",
                "{{ u(u(u(u(u(u(u(u(u(1))))))))) }}  | 1:21 calls are nested deeper than 8",
                "{{ urk('x') }}                      | 1:4 there is no function \"urk\" (did you mean url?)",
                "{{ config('LOGA') }}                | 1:4 config has no value \"LOGA\" (did you mean LOGO?); hand it in or give a default",
                "{{ config() }}                      | 1:4 config expects ('NAME') or ('NAME', default), not ()",
                "{{ url(1) }}                        | 1:4 url expects ('page'), not (1)",
                "{{ url('https://a.b/') }}           | 1:4 url takes a page below the mount, not the absolute \"https://a.b/\"; write an address of another site without url",
                "{{ url('//a.b/') }}                 | 1:4 url takes a page below the mount, not the absolute \"//a.b/\"; write an address of another site without url",
                "{{ url('../a') }}                   | 1:4 page \"../a\" is not below the mount",
                "{{ file('css/b.css') }}             | 1:4 file \"css/b.css\" is not below the mount",
                "{{ file('../any-file.txt') }}       | 1:4 file \"../any-file.txt\" is not below the mount",
                "{{ file('css/a.css', 'sha') }}      | 1:4 file expects ('path') or ('path', 'fingerprint' ¦ 'modified' ¦ 'none'), not ('css/a.css', 'sha')"
            })
    void tellsWhatIsWrongAndWhere(String text, String fault) {
        String expected = fault.replace('¦', '|'); // the table's own separator
        assertThat(bench.faults("a.tmpl.txt", text)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "html | <!-- {{ 'x' }} -->                                  | in a comment",
                "html | <!DOCTYPE {{ 'x' }}>                                | in a declaration",
                "html | <{{ 'x' }}>                                         | directly behind <",
                "html | </{{ 'x' }}>                                        | directly behind <",
                "html | <a{{ 'x' }}>                                        | in the name of an element",
                "html | <a {{ 'x' }}>                                       | in the name of an element",
                "html | <a b{{ 'x' }}='1'>                                  | in the name of an element",
                "html | <a href={{ 'x' }}>                                  | put the attribute's value in quotes",
                "html | <a href=/{{ 'x' }}>                                 | put the attribute's value in quotes",
                "html | <iframe srcdoc='{{ 'x' }}'>                         | in the attribute srcdoc",
                "html | <script type='{{ 'x' }}'></script>                  | in the attribute type",
                "html | <a @click='{{ 'x' }}'>                              | which a framework may read as code",
                "html | <a x-data='{{ 'x' }}'>                              | which a framework may read as code",
                "html | <script type='text/x-template'>{{ 'x' }}</script>   | in a script of the type",
                "html | <script type='a' type='module'>{{ 'x' }}</script>   | in a script of the type",
                "html | <script>// {{ 'x' }}</script>                       | in a comment of a script",
                "html | <script>/* {{ 'x' }} */</script>                    | in a comment of a script",
                "html | <script>a = /{{ 'x' }}/</script>                    | in a regular expression",
                "html | <script>if (a) /'/.test({{ 'x' }})</script>         | ",
                "html | <script>a = b} /'/ {{ 'x' }}</script>               | cannot be followed with certainty",
                "html | <script>'\\{{ 'x' }}'</script>                      | directly behind a backslash",
                "html | <script>a{{ 1 }}</script>                           | directly beside a name",
                "html | <script>'</{{ 'script' }}>'</script>                | directly behind <",
                "html | <script>'<!-{{ '-' }}'</script>                     | directly behind <",
                "html | <script><!--<script></script>{{ 'x' }}              | cannot be followed with certainty",
                "html | <svg><style>{{ 'x' }}</style></svg>                 | inside of SVG",
                "html | <svg><![CDATA[{{ 'x' }}]]></svg>                    | cannot be followed with certainty",
                "html | <b onclick='f(&lpar;{{ 1 }})'>                      | character reference",
                "html | <b onclick='&quo{{ 't;' }}'>                        | character reference",
                "html | <iframe>{{ 'x' }}</iframe>                          | in the element iframe",
                "html | <plaintext>{{ 'x' }}                                | cannot be followed with certainty",
                "svg  | <style>{{ 'x' }}</style>                            | in the element style of XML",
                "svg  | <svg:script>{{ 'x' }}</svg:script>                  | in the element script of XML",
                "svg  | <![CDATA[{{ 'x' }}]]>                               | in a declaration",
                "css  | a { b: c /* {{ 'x' }} */ }                          | in a comment of a style",
                "css  | @{{ 'import' }} 'x'                                 | would name a rule",
                "css  | a { b: {{ 'url' }}(x) }                             | would name a rule",
                "css  | a { b: {{ 'x;y' }} }                                | cannot be written into a style",
                "css  | a { b: 'c\\{{ 'x' }}' }                             | directly behind a backslash",
                "json | { // {{ 'x' }}                                      | behind text that is not JSON",
                "html | <a href=\"javascript:f('{{ 'x' }}')\">              | would run as code",
                "html | <a href='{{ 'java' }}script:f()'>                   | would run as code",
                "html | <a href='java&Tab;{{ 'script' }}:f()'>              | would run as code",
                "html | <a href='{{ 'data' }}:text/html,x'>                 | only pictures",
                "html | <meta content='0;url={{ 'javascript:f()' }}'>       | would run as code",
                "html | <set to='{{ 'javascript:f()' }}'/>                  | would run as code",
                "vue  | {{ 'x' }}                                           | in a file of this kind"
            })
    void refusesPlacesWhereNoValueIsSafe(String extension, String text, String reason) {
        if (reason == null) {
            bench.render("a.tmpl." + extension, text);
            return;
        }
        assertThat(bench.faults("a.tmpl." + extension, text))
                .singleElement()
                .asString()
                .contains(reason);
    }

    @Test
    void countsLinesAndColumnsInCharacters() {
        String text = "\r\n\n\r{{ a() }}\t\ud83d\ude00{{ b() }}\n  {{\n c(\n  d()) }}";
        assertThat(bench.faults("a.tmpl.txt", text))
                .extracting(fault -> fault.replaceFirst(" there is no function", ""))
                .containsExactly("4:4 \"a\"", "4:15 \"b\"", "6:2 \"c\"", "7:3 \"d\"");
    }

    @Test
    void tellsAllFaultsAtOnce() {
        assertThat(bench.faults("a.tmpl.html", "{{ config('NONE') }}{{ file('none') }}<a {{ 'x' }}>{{ ? }}{{ '"))
                .extracting(fault -> fault.substring(0, fault.indexOf(' ')))
                .containsExactly("1:4", "1:24", "1:42", "1:55", "1:59");
        assertThat(bench.faults("a.tmpl.html", "{{ config('NONE') }}{{ file('none') }}{{ none(config('NONE')) }}"))
                .hasSize(4);
    }

    @Test
    void anExceptionOfAFunctionIsAFault() {
        bench.function("bad", arguments -> {
                    throw new IllegalArgumentException("expects an even number");
                })
                .function("broken", arguments -> {
                    throw new IllegalStateException("x");
                })
                .function("list", arguments -> arguments);
        assertThat(bench.faults("a.tmpl.txt", "{{ bad() }}{{ broken() }}{{ list() }}"))
                .containsExactly(
                        "1:4 bad: expects an even number",
                        "1:15 function broken failed: java.lang.IllegalStateException: x",
                        "1:29 function list gave java.util.ImmutableCollections$ListN; it must be a String, Long, Double or Boolean");
    }

    @Test
    void refusesExpressionsThatAreTooLong() {
        String text = "{{ '" + "x".repeat(2_000) + "' }}{{ 'y' }}";
        assertThat(bench.faults("a.tmpl.txt", text)).containsExactly("1:1 expression is longer than 1000 characters");
        assertThat(bench.render("a.tmpl.txt", "{{ '" + "x".repeat(996) + "' }}"))
                .hasSize(996);
    }
}
