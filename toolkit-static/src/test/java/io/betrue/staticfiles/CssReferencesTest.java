package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CssReferencesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // url( without quotes
                "a{b:url(a§.png)}",
                "a{b:url( a§.png )}",
                "a{b:url(\n\ta§.png\r\n)}",
                "a{b:URL(a§.png)}",
                "a{b:uRl(A§.PNG)}",
                "a{b:url(a§.png),url(b§.png)}",
                "url(a§.png",
                "url(a§.png?x=1#y)",
                "url(a§.png#y?z)",
                "url(a§.svg#icon)",
                "url(LICENSE§)",
                "url(\u0130\u0130§%2Ecss)",
                "url(a.tar§.gz)",
                "url(.hidden§)",
                "url(./a§.png)",
                "url(../img/a§.png)",
                "url(/site/img/a§.png)",
                "url(../../../../a§.png)",
                "url(a%20b§.png)",
                "url(a§%2epng)",
                "url(%2e%2e/a§.png)",
                "url(d%C3%A9j%C3%A0§.png)",
                "url(déjà§.png)",
                "url(😀§.png)",
                "url(a\\ b§.png)",
                "url(\\61§.png)",
                "url(\\61 §.png)",
                "url(\\000061§.png)",
                "url(a§\\2epng)",
                "url(a\\(1\\)§.png)",
                "\\75rl(a§.png)",
                "u\\72 l(a§.png)",
                // url( with quotes
                "url(\"a§.png\")",
                "url('a§.png')",
                "url( 'a§.png' )",
                "url('a b§.png')",
                "url('a(1)§.png')",
                "url(\"it's§.png\")",
                "url('a\\\nb§.png')",
                "url('a\\\r\nb§.png')",
                "url('\\61\r\n§.png')",
                "url('a§.png",
                "src('a§.png')",
                // other functions and rules
                "@import 'a§.css';",
                "@import \"a§.css\" screen;",
                "@IMPORT 'a§.css';",
                "@\\69mport 'a§.css';",
                "@import/**/'a§.css';",
                "@import /* 'x.css' */ 'a§.css' layer(b) supports(display: grid);",
                "@import url(a§.css);@import url('b§.css') print;",
                "a{b:image-set('a§.png' 1x, 'b§.png' 2x)}",
                "a{b:-webkit-image-set(url(a§.png) 1x, url('b§.png') 2x)}",
                "a{b:image-set('a§.avif' type('image/avif'), \"b§.png\" type(\"image/png\"))}",
                "@font-face{src:local('A B'),url(a§.woff2) format('woff2'),url('b§.woff')format(\"woff\")}",
                "@media print{a{b:url(a§.png)}}",
                "a{--b:url(a§.png)}",
                "a{cursor:url(a§.cur) 2 2,auto}",
                "@namespace url(n.xml);a{b:url(a§.png)}",
                "@charset 'x.css';@import 'a§.css';",
                "a{width:1.url(a§.png)}",
                "\uFEFF@import 'a§.css';",
                "<!-- a{b:url(a§.png)} -->",
                "a{b:url(x\"y.png)}c{d:url(a§.png)}",
                "a{b:'x\n}c{d:url(a§.png)}",
            })
    void marksReferences(String row) {
        String css = Marks.none(row);
        assertThat(marked(css)).isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "url",
                "url(",
                "url()",
                "url('')",
                "url(#id)",
                "url(?x)",
                "url(img/)",
                "url(..)",
                "url(.)",
                "url(a/..)",
                "url(//cdn.example/a.png)",
                "url(http://cdn.example/a.png)",
                "url(HTTPS://cdn.example/a.png)",
                "url(data:image/png;base64,AAAA)",
                "url(\"data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'><use href='a.svg'/></svg>\")",
                "url(blob:a.png)",
                "url(about:blank)",
                "url(a\\5c b.png)",
                "url(a%2Fb.png)",
                "url(a%5Cb.png)",
                "url(a%00.png)",
                "url(a%zz.png)",
                "url(a%ff.png)",
                "url(a%2)",
                "url(a//b.png)",
                "url(a b.png)",
                "url(a'b.png)",
                "url(a(b.png)",
                "url(a\\\n.png)",
                "url(/*x*/ 'a.png')",
                "url('a\n.png)",
                "url('a.png\\",
                "/* url(a.png) */",
                "/* url(a.png)",
                "a{content:'url(a.png)'}",
                "a{content:\"@import 'a.css'\"}",
                "a{content:'\\'url(a.png)'}",
                "a{b:-url(a.png)}",
                "a{b:xurl(a.png)}",
                "a{b:url-x(a.png)}",
                "a{b:#url(a.png)}",
                "a{b:5url(a.png)}",
                "a{b:1e3url(a.png)}",
                "a{b:url (a.png)}",
                "a{b:u/**/rl(a.png)}",
                "@import a.css;",
                "@import;'a.css'",
                "@importx 'a.css'",
                "@import layer(x) 'a.css'",
                "@charset 'a.css'",
                "@namespace 'a.css'",
                "@namespace svg url(a.xml);",
                "@document url(a.html){}",
                "@layer 'a.css'",
                "a{b:format('a.png')}",
                "a{b:image-set(type('a.png'))}",
                "a[href='a.png']{}",
                "a{b:attr(url)}",
                "/*# sourceMappingURL=a.css.map */",
                "\\",
                "a{b:\\",
                "@",
                "@-",
                "url(a.png\u0001)",
            })
    void leavesTheRestAlone(String css) {
        // A URL can be cut short by the end of the text, that is why none of these ends in one.
        assertThat(marked(css).replace("'a§.png\\", "'a.png\\")).isEqualTo(css);
    }

    @Test
    void finishesWhateverTheBytes() {
        String[] pieces = {
            "url(",
            "URL( ",
            "'",
            "\"",
            ")",
            "(",
            "\\",
            "\n",
            "\r\n",
            "/*",
            "*/",
            "@import ",
            "@",
            "a.png",
            "../",
            "%2e",
            "#",
            "{",
            "}",
            ";",
            "image-set(",
            "\\61 ",
            "\0",
            "\ud83d",
            "\uFEFF",
            "é",
            "-",
            "1",
            "data:",
            " "
        };
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder css = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                css.append(
                        random.nextInt(4) == 0
                                ? String.valueOf((char) random.nextInt(0x180))
                                : pieces[random.nextInt(pieces.length)]);
            }
            String text = css.toString();
            assertThat(Marks.none(marked(text))).isEqualTo(Marks.none(text));
        }
    }

    @Test
    void takesTimeInProportionToLength() {
        // Each of these would take minutes if any step looked back or ahead over the whole text.
        for (String piece :
                new String[] {"url(", "url('", "/*", "(", "@import ", "\\", "'\n", "url(\\", "image-set('", "url(   "
                }) {
            assertThat(CssReferences.in(piece.repeat(1_000_000 / piece.length())))
                    .hasSizeLessThan(1_000_000);
        }
    }

    private static String marked(String css) {
        return Marks.set(css, "/site/css/a.css", CssReferences.in(css));
    }
}
