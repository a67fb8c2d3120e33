package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @Test
    void givesTheSameStringBackWhenNothingIsEncoded() {
        String raw = "/css/app-3f2a9c1b7d.min.css";

        assertThat(Target.decode(raw)).isSameAs(raw);
        assertThat(Target.decode("/")).isEqualTo("/");
        assertThat(Target.decode("/a/.well-known/..x/...y/z.")).isEqualTo("/a/.well-known/..x/...y/z.");
        assertThat(Target.decode("/!$&'()*+,=:@-_~\"<>[]^`{|}")).isEqualTo("/!$&'()*+,=:@-_~\"<>[]^`{|}");
    }

    @ParameterizedTest
    @CsvSource({
        "/with%20space.txt, /with space.txt",
        "/%d0%bf%D1%80.txt, /пр.txt",
        "/%F0%9F%98%80, /😀",
        "/%61%2Ehtml, /a.html",
        "/100%25, /100%",
        "/a%252fb, /a%2fb",
        "/%252e%252e/a, /%2e%2e/a",
        "/a%3Bv=1, /a;v=1",
        "/a%3Fb, /a?b",
        "/a+b, /a+b",
        "//evil.com/dir, /evil.com/dir",
        "///a////b//, /a/b/",
        "//%20//b, '/ /b'"
    })
    void decodesOnce(String raw, String decoded) {
        assertThat(Target.decode(raw)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "*",
                "a/b",
                "http://x/a",
                "x:80",
                "/.",
                "/..",
                "/./",
                "/../",
                "/a/.",
                "/a/..",
                "/a/./b",
                "/a/../b",
                "//..",
                "//./a",
                "/a//../b",
                "/%2e",
                "/%2e%2e",
                "/.%2e/a",
                "/%2e./a",
                "/%2E%2E/a",
                "/a/%2e%2e",
                "/a/%2e/b",
                "//%2e%2e//b",
                "/..;/a",
                "/a;jsessionid=1",
                "/a;",
                "/%2e%2e;/a",
                "/a\\b",
                "/..\\a",
                "/a%5cb",
                "/%5C",
                "/a%2fb",
                "/a%2Fb",
                "/%2f%2fevil.com",
                "/a\u0000",
                "/a%00",
                "/a%00.html",
                "/a\nb",
                "/a%0d%0ab",
                "/a%7f",
                "/a%1f",
                "/a%C2%85",
                "/a b",
                "/a\u007f",
                "/%",
                "/%2",
                "/%zz",
                "/%2x",
                "/%x2",
                "/a%",
                "/a%4",
                "/%u0041",
                "/%\u0660\u0660",
                "/%+1",
                "/%-1",
                "/%c0%ae%c0%ae/a",
                "/%c0%af",
                "/%e0%80%af",
                "/%f0%80%80%af",
                "/%ed%a0%80",
                "/%ed%a0%80%ed%b0%80",
                "/%ff",
                "/%fe",
                "/%80",
                "/%c3",
                "/%c3(",
                "/%f4%90%80%80",
                "/%f8%88%80%80%80",
                "/é",
                "/．．/a",
                "/a?b",
                "/a#b"
            })
    void refusesWhatCanNameNoFile(String raw) {
        assertThat(Target.decode(raw)).isNull();
    }

    @Test
    void refusesNothingAndTooMuch() {
        assertThat(Target.decode(null)).isNull();
        assertThat(Target.decode("/" + "a".repeat(Target.LIMIT - 1))).hasSize(Target.LIMIT);
        assertThat(Target.decode("/" + "a".repeat(Target.LIMIT))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b-._~!$+=:@, /a/b-._~!$+=:@",
        "/a b, /a%20b",
        "/пр, /%D0%BF%D1%80",
        "/😀, /%F0%9F%98%80",
        "/100%, /100%25",
        "/a;b?c#d, /a%3Bb%3Fc%23d",
        "/a&b(c)*, /a%26b%28c%29%2A",
        "/[x]\"<>\\^`{|}, /%5Bx%5D%22%3C%3E%5C%5E%60%7B%7C%7D"
    })
    void encodes(String path, String encoded) {
        assertThat(Target.encode(path)).isEqualTo(encoded);
        assertThat(URI.create(encoded).getPath()).isEqualTo(path);
    }

    @Test
    void keepsWhatNeedsNoEncoding() {
        String path = "/css/app,1.css";

        assertThat(Target.encode(path)).isSameAs(path);
    }

    @Test
    void decodesWhatItEncoded() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            String path = randomName(random);

            assertThat(Target.decode(Target.encode(path))).isEqualTo(path);
        }
    }

    /** A path of letters that a decoded path may have. */
    private static String randomName(Random random) {
        StringBuilder path = new StringBuilder("/");
        random.ints(random.nextInt(20), 0x20, 0x2FFFF)
                .map(c -> random.nextInt(3) == 0 ? c : 0x20 + c % 0x5F)
                .filter(c -> !Character.isISOControl(c)
                        && !(c >= 0xD800 && c <= 0xDFFF)
                        && c != '\\'
                        && c != '/'
                        && c != '.')
                .forEach(path::appendCodePoint);
        return path.toString();
    }

    @Test
    void neverThrowsAndNeverLetsAnythingThroughThatClimbs() {
        Random random = new Random(4);
        String[] pieces = {
            "/", "//", ".", "..", "%2e", "%2E%2e", "%2f", "%5c", "\\", ";", "%", "%%", "%zz", "%00", "%c0%ae", "%25",
            "a", "é", "%C3%A9", "\u0000", " "
        };
        for (int i = 0; i < 200_000; i++) {
            StringBuilder raw = new StringBuilder(random.nextInt(10) == 0 ? "" : "/");
            random.ints(random.nextInt(12), 0, pieces.length).forEach(piece -> raw.append(pieces[piece]));

            String path = Target.decode(raw.toString());

            if (path != null) {
                assertThat(path).startsWith("/").doesNotContain("//", "\\", "\u0000");
                assertThat(path.split("/", -1)).doesNotContain(".", "..");
            }
        }
    }
}
