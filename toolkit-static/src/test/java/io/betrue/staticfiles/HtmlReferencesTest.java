package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReferencesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=\"a§.png\">",
                "<img src='a§.png'>",
                "<img src=a§.png>",
                "<img src = \"a§.png\" >",
                "<IMG SRC=\"a§.png\">",
                "<img\nsrc=\"a§.png\"\n/>",
                "<img/src=a§.png>",
                "<img alt=\">\" src=\"a§.png\">",
                "<img alt=src='x' src=a§.png>",
                "<img a'b src=a§.png>",
                "<img =x src=a§.png>",
                "<img alt src=a§.png>",
                "<img alt=\"x\"src=\"a§.png\">",
                "<img src=\"a§.png\" src=\"b.png\">",
                "<img src=\" a§.png \">",
                "<img src=\"a§.png?x=1&y=2#z\">",
                "<img src=\"a&amp;b§.png\">",
                "<img src=\"a§&#46;png\">",
                "<img src=\"a§&#x2E;png\">",
                "<img src=\"a§&#46png\">",
                "<img src=\"&#97;§.png\">",
                "<img src=\"a& b§.png\">",
                "<img src=\"a§.png?x&unknown;\">",
                "<img src=\"/site/a§.png\">",
                "<img src=\"déjà§.png\">",
                "<script src=\"a§.js\"></script>",
                "<script type=module src=a.min§.js></script><img src=b§.png>",
                "<source src=a§.mp4><video src=b§.mp4 poster=c§.jpg></video><audio src=d§.mp3></audio>",
                "<track src=a§.vtt><embed src=b§.swf><input type=image src=c§.png>",
                "<object data=a§.svg></object>",
                "<link rel=stylesheet href=a§.css>",
                "<link href=a§.css rel=\"alternate StyleSheet\">",
                "<link rel=\"shortcut icon\" href=a§.ico>",
                "<link rel=apple-touch-icon href=a§.png>",
                "<link rel=preload as=image href=a§.png imagesrcset=\"a§.png 1x, b§.png 2x\">",
                "<img srcset=\"a§.png 1x, b§.png 2x\">",
                "<img srcset=\"a§.png\">",
                "<img srcset=\"a§.png, b§.png 2x\">",
                "<img srcset=\" , a§.png 100w,b§.png 200w \">",
                "<img srcset='a§.png 1x,\nb§.png 2x'>",
                "<img srcset=\"a§.png x(1,2), b§.png 2x\">",
                "<img srcset=\"data:image/png;base64,AAA 1x, b§.png 2x\">",
                "<img srcset=\"a,b§.png 1x, c§.png 2x\">",
                "<img srcset=\"a&amp;b§.png 1x, c§&#46;png 2x\">",
                "<picture><source srcset=a§.webp><img src=b§.png></picture>",
                "<svg><image href=a§.png /><use xlink:href=\"b§.svg#i\"/></svg>",
                "<svg><use href='#i'/><use href='b§.svg#i'/></svg>",
                "<style>a{b:url(a§.png)}</style><img src=b§.png>",
                "<style>@import 'a§.css'</style >",
                "<STYLE>url(a§.png)</Style>",
                "<style>url(a§.png)",
                "<style></styles>url(a§.png)</style>",
                "<p style=\"background:url(a§.png)\">",
                "<p style=\"background:url(&quot;a§.png&quot;)\">",
                "<p style=\"background:url('a&amp;b§.png')\">",
                "<p style='background:url(\"a§.png\")'>",
                "<svg><style/><image href=a§.png /></svg>",
                "<!-- --><img src=a§.png>",
                "<!--><img src=a§.png>",
                "<!---><img src=a§.png>",
                "<!--x--!><img src=a§.png>",
                "<!--x--y---><img src=a§.png>",
                "<!doctype html><img src=a§.png>",
                "<?php ?><img src=a§.png>",
                "</ x><img src=a§.png>",
                "<><img src=a§.png>",
                "< img src=a.png><img src=b§.png>",
                "a < b <img src=a§.png>",
                "<script>'<img src=a.png>'</script><img src=b§.png>",
                "<script><!-- <script> </script> <img src=a.png> --></script><img src=b§.png>",
                "<script><!--></script><img src=b§.png>",
                "<script>x</scripty></script/><img src=b§.png>",
                "<textarea><img src=a.png></textarea><img src=b§.png>",
                "<title><img src=a.png></title><img src=b§.png>",
                "<template><img src=a.png><template></template><img src=a.png></template><img src=b§.png>",
                "<noscript><img src=a§.png></noscript>",
                "</template><img src=a§.png>",
                "<svg><![CDATA[ <img src=a.png> ]]><image href=a§.png></svg>",
                "<![CDATA[ > <img src=a§.png>",
                "<base href=\"/site/\"><img src=a§.png>",
                "\uFEFF<img src=a§.png>",
                "<iframe><img src=x.png></iframe><img src=a§.png>",
            })
    void marksReferences(String row) {
        String html = Marks.none(row);
        assertThat(marked(html)).isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<",
                "<img",
                "<img src=a.png",
                "<img src=\"a.png>",
                "<img src",
                "<img src=>",
                "<img src=a.png/>",
                "<img src=\"\">",
                "<img src=\"#x\">",
                "<img src=\"http://cdn.example/a.png\">",
                "<img src=\"//cdn.example/a.png\">",
                "<img src=\"data:image/png;base64,AAAA\">",
                "<img src=\"a\\b.png\">",
                "<img src=\"a\nb.png\">",
                "<img src=\"a&eacute;.png\">",
                "<img src=\"a&copy.png\">",
                "<img src=\"a&b.png\">",
                "<img src=\"http&colon;//x/a.png\">",
                "<img src=\"a&#128;.png\">",
                "<img src=\"a&#99999999999;.png\">",
                "<img data-src=a.png alt=a.png longdesc=a.png>",
                "</img src=a.png>",
                "<a href=a.pdf>x</a>",
                "<a href=a.html ping=a.png>x</a>",
                "<area href=a.png>",
                "<form action=a.png>",
                "<iframe src=a.svg></iframe>",
                "<meta property=og:image content=a.png>",
                "<link href=a.css>",
                "<link rel=canonical href=a.html>",
                "<link rel=modulepreload href=a.js>",
                "<link rel=alternate type=application/rss+xml href=feed.xml>",
                "<link rel=manifest href=app.webmanifest>",
                "<link rel=next href=a.png>",
                "<script src=\"https://x/a.js\" integrity=\"a.js\"></script>",
                "<script>url('a.png'); import './a.js'</script>",
                "<script type=importmap>{\"imports\":{\"a\":\"./a.js\"}}</script>",
                "<!-- <img src=a.png> -->",
                "<!-- <img src=a.png>",
                "<!-- - -> <img src=a.png>",
                "<! <img src=a.png>",
                "</ <img src=a.png>",
                "<? <img src=a.png>",
                "<textarea><img src=a.png>",
                "<plaintext><img src=a.png></plaintext><img src=a.png>",
                "<xmp><img src=a.png></xmp>",
                "<noembed><img src=a.png></noembed>",
                "<template><style>url(a.png)</style><p style='url(a.png)'></template>",
                "<script><!--<script></script><img src=a.png>",
                "<p style=\"content:'url(a.png)'\">",
                "<p style=\"background:url(&#34a&quot.png)\">",
                "<img src=a.png><base href=/x/>",
                "<img srcset=\"\">",
                "<img srcset=\",,\">",
                "<img srcset=\"//x/a.png 1x, http://x/b.png 2x\">",
                "<p src=a.png href=b.png srcset=c.png>",
                "<object data=\"data:,x\"></object>",
                "<imgx src=a.png>",
                "<img:x src=a.png>",
                "<img xsrc=a.png>",
                "x<3 src=a.png>",
            })
    void leavesTheRestAlone(String html) {
        assertThat(marked(html)).isEqualTo(html);
    }

    @Test
    void tellsTheFirstBase() {
        assertThat(HtmlReferences.in("<base target=x><base href='&#x2f;a/'><base href=b>")
                        .base())
                .isEqualTo("/a/");
        assertThat(HtmlReferences.in("<svg><base href=a></svg>").base()).isNull();
    }

    @Test
    void finishesWhateverTheBytes() {
        String[] pieces = {
            "<",
            ">",
            "<img ",
            "src=",
            "srcset=",
            "'",
            "\"",
            "<!--",
            "-->",
            "--!>",
            "<style>",
            "</style>",
            "<script",
            "</script>",
            "<svg>",
            "<![CDATA[",
            "]]>",
            "/",
            "=",
            "a.png",
            ", ",
            "&amp;",
            "&#",
            "&#x",
            "9",
            ";",
            "url(",
            ")",
            "<base href=",
            "<template>",
            "</",
            "style=",
            " ",
            "\n",
            "\0",
            "\ud83d",
            "<textarea>",
            "<link rel=icon href="
        };
        Random random = new Random(8);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder html = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                html.append(
                        random.nextInt(4) == 0
                                ? String.valueOf((char) random.nextInt(0x180))
                                : pieces[random.nextInt(pieces.length)]);
            }
            String text = html.toString();
            assertThat(Marks.none(marked(text))).isEqualTo(Marks.none(text));
        }
    }

    @Test
    void takesTimeInProportionToLength() {
        for (String piece : new String[] {
            "<",
            "<!--",
            "--",
            "<![CDATA[",
            "<a ",
            "<a b=",
            "<a b='",
            "<style>",
            "</",
            "<script><!--",
            "<script>",
            "&",
            "&#",
            "<svg>",
            "<template>",
            "<img srcset='",
            "<p style='url(",
            "<title></t"
        }) {
            assertThat(HtmlReferences.in(piece.repeat(1_000_000 / piece.length()))
                            .urls())
                    .hasSizeLessThan(1_000_000);
        }
        assertThat(HtmlReferences.in("<img srcset='" + ", a".repeat(300_000) + "'>")
                        .urls())
                .hasSize(300_000);
        assertThat(HtmlReferences.in("<img srcset='" + "(,".repeat(300_000) + "'>")
                        .urls())
                .hasSize(1);
        assertThat(HtmlReferences.in("<img " + "a ".repeat(300_000) + ">").urls())
                .isEmpty();
    }

    private static String marked(String html) {
        return Marks.set(html, "/site/page.html", HtmlReferences.in(html).urls());
    }
}
