package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraversalHttpTest {
    private List<Besieged> sites = List.of();

    @BeforeAll
    void serve(@TempDir Path above) {
        Path site = Besieged.build(above);
        sites = List.of(Besieged.serve(site, true), Besieged.serve(site, false));
    }

    @AfterAll
    void stop() {
        sites.forEach(Besieged::close);
    }

    static List<String> targets() {
        return HostileTargets.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void findsNothing(String target) {
        for (Besieged site : sites) {
            assertFindsNothing(site.get(target));
            assertFindsNothing(site.get(target, "Accept: text/html", "Accept-Encoding: gzip"));
            assertFindsNothing(RawHttp.exchange(
                    site.port(), "HEAD " + target + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"));
        }
    }

    private static void assertFindsNothing(Answer answer) {
        assertThat(answer.status()).isIn(400, 404);
        assertThat(Besieged.lasting(answer)).doesNotContain(Besieged.SECRET);
        assertThat(answer.header("Location")).isEqualTo("-");
    }

    @Test
    void servesWhatIsMeantToBeSeen() {
        for (Besieged site : sites) {
            assertThat(site.get("/a.txt").body()).hasSize(1000);
            assertThat(site.get("/%61%2Etxt?../../secret.txt").body()).hasSize(1000);
            assertThat(site.get("//a.txt").body()).hasSize(1000);
            assertThat(site.get("/b%20c.txt").body()).isEqualTo("b c");
            assertThat(site.get("/100%25.txt").body()).isEqualTo("100%");
            assertThat(site.get("/x%3By.txt").body()).isEqualTo("x;y");
            assertThat(site.get("/.well-known/x").body()).isEqualTo("known");
            assertThat(site.get("http://here/a.txt").body()).hasSize(1000);
            assertThat(site.get("/dir/index.html").body()).isEqualTo("<h1>dir</h1>");
        }
    }

    @Test
    void refusesWhatIsTooLong() {
        for (Besieged site : sites) {
            assertThat(site.get("/" + "a".repeat(9000)).status()).isIn(414, 431);
            assertThat(site.get("/" + "../".repeat(2000) + "secret.txt").status())
                    .isIn(400, 404);
            assertThat(site.get("/" + "dir/".repeat(1900) + "a.txt", "Accept: text/html")
                            .status())
                    .isEqualTo(404);
            assertThat(site.get("/".repeat(7900)).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/foo/bar%2F..%2Findex.html",
                "/foo/bar/..%2Findex.html",
                "/foo/bar/../index.html",
                "/foo//bar//index.html",
                "/foo/bar%2Findex.html",
                "/foo/bar/index.html%00",
                "/foo/bar/%69ndex.html",
                "/foo/bar/INDEX.html"
            })
    void answersGoodTargetsAfterBadOnes(String bad) {
        for (Besieged site : sites) {
            Map<String, String> before = site.goodAnswers();

            site.get(bad);
            site.get(bad, "Accept-Encoding: gzip", "Range: bytes=0-0", "If-None-Match: *");

            assertThat(site.goodAnswers()).isEqualTo(before);
            assertThat(before.get("/foo/bar/index.html X-None: 0")).startsWith("200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dir", "//dir", "///dir", "/%64ir", "http://here/dir"})
    void redirectsWithinTheHost(String target) {
        for (Besieged site : sites) {
            assertThat(site.get(target).header("Location")).isEqualTo("/dir/");
            assertThat(site.get(target + "?a=%2f/b&c").header("Location")).isEqualTo("/dir/?a=%2f/b&c");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//elsewhere.com/dir",
                "//elsewhere.com/..%2fdir",
                "/\\elsewhere.com/dir",
                "/%5celsewhere.com/dir",
                "/%2felsewhere.com/dir",
                "//elsewhere.com%2fdir",
                "http://elsewhere.com/dir",
                "//dir@elsewhere.com",
                "/dir%0d%0aLocation:%20x"
            })
    void redirectsToNoOtherHost(String target) {
        for (Besieged site : sites) {
            Answer answer = site.get(target);
            assertThat(answer.header("Location")).isEqualTo("-");
            assertThat(answer.status()).isIn(400, 404);
        }
    }
}
