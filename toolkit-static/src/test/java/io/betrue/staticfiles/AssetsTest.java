package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files, what refers to them, and the names they get. */
class AssetsTest extends MountOfFiles {
    @Test
    void servesFileUnderItsNameAndUnderItsHash() {
        file("js/app.min.js", "x");
        Map<String, Asset> assets = assets();
        assertThat(assets).containsOnlyKeys("js/app.min.js", "js/app.min-2d711642b7.js");
        assertThat(asset(assets, "js/app.min.js").immutable()).isFalse();
        Asset hashed = asset(assets, "js/app.min-2d711642b7.js");
        assertThat(hashed.immutable()).isTrue();
        assertThat(hashed.original()).isSameAs(originals.get(0));
        assertThat(hashed.rewritten()).isNull();
    }

    @Test
    void putsHashBeforeTheLastExtension() {
        String hash = "0123456789abcdef";
        assertThat(Fingerprints.path("a.tar.gz", hash)).isEqualTo("a.tar-0123456789.gz");
        assertThat(Fingerprints.path("LICENSE", hash)).isEqualTo("LICENSE-0123456789");
        assertThat(Fingerprints.path("v1.2/LICENSE", hash)).isEqualTo("v1.2/LICENSE-0123456789");
        assertThat(Fingerprints.path(".well-known/x", hash)).isEqualTo(".well-known/x-0123456789");
        assertThat(Fingerprints.path("a/.hidden", hash)).isEqualTo("a/.hidden-0123456789");
    }

    @Test
    void givesPagesNoHashedName() {
        file("index.html", "x");
        file("b.HTM", "x");
        file("c.xhtml", "x");
        assertThat(assets()).containsOnlyKeys("index.html", "b.HTM", "c.xhtml");
    }

    @Test
    void givesNothingAHashedNameUnlessAsked() {
        fingerprints = null;
        file("a.css", "url(b.png)");
        file("b.png", "x");
        assertThat(assets()).containsOnlyKeys("a.css", "b.png");
        assertThat(text("a.css")).isEqualTo("url(b.png)");
    }

    @Test
    void writesHashesOfFinalBytesIntoWhatRefersToThem() {
        file("index.html", "<link rel=stylesheet href=css/a.css><a href=index.html>");
        file("css/a.css", "@import 'b.css'; url(/site/img/x%20y.png?q#f)");
        file("css/b.css", "url(../img/x%20y.png)");
        file("img/x y.png", "x");
        Map<String, Asset> assets = assets();
        String b = hash(assets, "css/b.css");
        assertThat(text("css/a.css")).isEqualTo("@import 'b-" + b + ".css'; url(/site/img/x%20y-2d711642b7.png?q#f)");
        assertThat(text("css/b.css")).isEqualTo("url(../img/x%20y-2d711642b7.png)");
        assertThat(text("index.html"))
                .isEqualTo("<link rel=stylesheet href=css/a-" + hash(assets, "css/a.css") + ".css><a href=index.html>");
        assertThat(hash(assets, "css/b.css"))
                .isEqualTo(Fingerprints.shortHash(Sha256.of(text("css/b.css").getBytes(StandardCharsets.UTF_8))));
        assertThat(asset(assets, "css/a-" + hash(assets, "css/a.css") + ".css").rewritten())
                .isSameAs(asset(assets, "css/a.css").rewritten());
    }

    @Test
    void rewritesOnlyWhatIsAskedFor() {
        file("a.html", "<img src=x.png>");
        file("a.css", "url(x.png)");
        file("x.png", "x");
        fingerprints = new FingerprintSettings(true, false, 3);
        assertThat(text("a.html")).isEqualTo("<img src=x.png>");
        assertThat(text("a.css")).isEqualTo("url(x-2d711642b7.png)");
        fingerprints = new FingerprintSettings(false, true, 3);
        assertThat(text("a.html")).isEqualTo("<img src=x-2d711642b7.png>");
        assertThat(text("a.css")).isEqualTo("url(x.png)");
    }

    @Test
    void leavesAloneWhatIsNotThereOrNotHere() {
        String css =
                "url(missing.png) url(/x.png) url(/sitex/x.png) url(//h/x.png) url(../../x.png) url(page.html) url(img)";
        file("a.css", css);
        file("x.png", "x");
        file("page.html", "x");
        file("img/x.png", "x");
        assertThat(asset(assets(), "a.css").rewritten()).isNull();
        assertThat(warnings.texts())
                .containsExactly("2 references in virtual files lead to no file of it and were left as they are"
                        + " (debug lists them)");
    }

    @Test
    void leavesAloneWhatIsNotUtf8() {
        originals.add(new Given("a.css", "/* \u00e9 */ url(x.png)", Instant.EPOCH, false));
        file("x.png", "x");
        assertThat(asset(assets(), "a.css").rewritten()).isNull();
        assertThat(faults.all()).isEmpty();
        assertThat(warnings.texts()).containsExactly("a.css is not UTF-8: its references keep their plain names");
    }

    @Test
    void keepsByteOrderMarkOfPlainFiles() {
        file("x.png", "x");
        file("b.css", "\uFEFF@import 'x.png'");
        assertThat(text("b.css")).isEqualTo("\uFEFF@import 'x-2d711642b7.png'");
    }

    @Test
    void resolvesAgainstBaseOfPage() {
        file("deep/a.html", "<base href='/site/img/'><img src=x.png>");
        file("deep/b.html", "<base href='https://cdn.example/site/img/'><img src=x.png><img src=/site/img/x.png>");
        file("deep/c.html", "<base href='../img/index.html?x'><img src=x.png>");
        file("deep/d.html", "<base href=''><img src=../img/x.png>");
        file("deep/e.html", "<base href='..'><img src=img/x.png>");
        file("img/x.png", "x");
        assertThat(text("deep/a.html")).contains("src=x-2d711642b7.png");
        assertThat(text("deep/b.html")).doesNotContain("2d711642b7");
        assertThat(text("deep/c.html")).contains("src=x-2d711642b7.png");
        assertThat(text("deep/d.html")).contains("img/x-2d711642b7.png");
        assertThat(text("deep/e.html")).contains("img/x-2d711642b7.png");
    }

    @Test
    void keepsPlainNamesWithinACycle() {
        file("a.css", "@import 'b.css'; url(x.png)");
        file("b.css", "@import 'a.css'");
        file("c.css", "@import 'c.css'; @import 'a.css'");
        file("x.png", "x");
        assertThat(text("a.css")).isEqualTo("@import 'b.css'; url(x-2d711642b7.png)");
        assertThat(text("b.css")).isEqualTo("@import 'a.css'");
        assertThat(text("c.css")).isEqualTo("@import 'c.css'; @import 'a-" + hash(assets(), "a.css") + ".css'");
        assertThat(faults.all()).isEmpty();
    }

    @Test
    void doesNotDependOnTheOrderOfTheFiles() {
        Random random = new Random(5);
        for (int i = 0; i < 60; i++) {
            StringBuilder css = new StringBuilder();
            for (int n = random.nextInt(4); n > 0; n--) {
                css.append("@import '").append(random.nextInt(60)).append(".css';\n");
            }
            file(i + ".css", css + "/* " + i + " */");
        }
        Map<String, String> first = hashes();
        assertThat(first).hasSize(120);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(originals, random);
            assertThat(hashes()).isEqualTo(first);
        }
    }

    @Test
    void followsChainOfTenThousandFiles() {
        for (int i = 0; i < 10_000; i++) {
            file(i + ".css", "@import '" + (i + 1) + ".css'");
        }
        file("10000.css", "url(x.png)");
        file("x.png", "x");
        Map<String, Asset> assets = assets();
        assertThat(assets).hasSize(20_004);
        assertThat(content(asset(assets, "0.css"))).isEqualTo("@import '1-" + hash(assets, "1.css") + ".css'");
        assertThat(content(asset(assets, "10000.css"))).isEqualTo("url(x-2d711642b7.png)");
    }

    @Test
    void tellsTheLatestChangeOfAllItWasMadeOf() {
        file("a.html", "<link rel=stylesheet href=b.css>", 1);
        file("b.css", "url(c.png)", 2);
        file("c.png", "x", 9);
        file("d.html", "<img src=c.png> <link rel=stylesheet href=b.css>", 20);
        file("e.tmpl.txt", "{{ file('c.png', 'none') }}", 3);
        Map<String, Asset> assets = assets();
        assertThat(asset(assets, "a.html").modified().getEpochSecond()).isEqualTo(9);
        assertThat(asset(assets, "b.css").modified().getEpochSecond()).isEqualTo(9);
        assertThat(asset(assets, "d.html").modified().getEpochSecond()).isEqualTo(20);
        assertThat(asset(assets, "e.txt").modified().getEpochSecond()).isEqualTo(3);
    }

    @Test
    void refusesFileWithTheHashedNameOfAnother() {
        file("a.js", "x");
        file("a-2d711642b7.js", "y");
        assets();
        assertThat(faults.all())
                .extracting(Fault::place, Fault::message)
                .containsExactly(
                        tuple("a-2d711642b7.js", "has the name that the content of a.js is served under: rename it"));
    }

    @Test
    void takesFileWithTheHashedNameAndTheSameContent() {
        file("a.js", "x");
        file("a-2d711642b7.js", "x");
        assertThat(assets()).containsKeys("a.js", "a-2d711642b7.js", "a-2d711642b7-2d711642b7.js");
        assertThat(faults.all()).isEmpty();
    }

    @Test
    void ignoresCaseOfReferencesWhereTheMountDoes() {
        file("a.css", "url(X.PNG)");
        file("x.png", "x");
        assertThat(text("a.css")).isEqualTo("url(X.PNG)");
        ignoreCase = true;
        assertThat(text("a.css")).isEqualTo("url(X-2d711642b7.PNG)");
    }

    @Test
    void leavesAloneWhatAnotherMountMayServe() {
        prefix = "";
        others = List.of(mount("/lib", null));
        file("a.css", "url(lib/x.png) url(x.png)");
        file("lib/x.png", "x");
        file("x.png", "x");
        assertThat(text("a.css")).isEqualTo("url(lib/x.png) url(x-2d711642b7.png)");
        assertThat(assets()).doesNotContainKey("lib/x-2d711642b7.png");
    }
}
