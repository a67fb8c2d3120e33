package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlobTest {
    @Test
    void matchesNamesAnywhereWithoutSlash() {
        Glob html = new Glob("*.html", false);
        assertThat(html.matches("index.html")).isTrue();
        assertThat(html.matches("a/b/index.html")).isTrue();
        assertThat(html.matches("a.html/b.css")).isFalse();
        assertThat(html.matches("index.HTML")).isFalse();
        assertThat(html.matches("indexxhtml")).isFalse();
    }

    @Test
    void matchesPathsWithSlash() {
        assertThat(new Glob("/a/*.js", false).matches("a/x.js")).isTrue();
        assertThat(new Glob("/a/*.js", false).matches("a/b/x.js")).isFalse();
        assertThat(new Glob("/a/*.js", false).matches("b/a/x.js")).isFalse();
        assertThat(new Glob("/img/**", false).matches("img/x/y.png")).isTrue();
        assertThat(new Glob("/img/**", false).matches("imgs/y.png")).isFalse();
        assertThat(new Glob("/**/x.js", false).matches("a/b/x.js")).isTrue();
        assertThat(new Glob("/?.js", false).matches("a.js")).isTrue();
        assertThat(new Glob("/?.js", false).matches("ab.js")).isFalse();
    }

    @Test
    void takesAllOtherCharactersAsTheyAre() {
        assertThat(new Glob("a[1]{2}(3)\\E$.css", false).matches("a[1]{2}(3)\\E$.css"))
                .isTrue();
        assertThat(new Glob("a.css", false).matches("a\ncss")).isFalse();
    }

    @Test
    void ignoresCaseWhereTheMountDoes() {
        assertThat(new Glob("*.html", true).matches("A/INDEX.HTML")).isTrue();
    }
}
