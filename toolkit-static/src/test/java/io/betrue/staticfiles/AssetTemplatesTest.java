package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Templates among files: what they name, and what names them. */
class AssetTemplatesTest extends MountOfFiles {
    @Test
    void followsChainOfTemplates() {
        for (int i = 0; i < 10_000; i++) {
            file(i + ".tmpl.txt", "{{ file('" + (i + 1) + ".txt') }}");
        }
        file("10000.txt", "x");
        Map<String, Asset> assets = assets();
        assertThat(content(asset(assets, "0.txt"))).isEqualTo("/site/1-" + hash(assets, "1.txt") + ".txt");
    }

    @Test
    void rendersTemplateUnderItsServedName() {
        file("a.tmpl.txt", "{{ file('b.js') }} {{ file('/b.js', 'none') }} {{ file('./c/../b.js', 'modified') }}");
        file("b.js", "x", 77);
        Map<String, Asset> assets = assets();
        String text = text("a.txt");
        assertThat(text).isEqualTo("/site/b-2d711642b7.js /site/b.js /site/b.js?v=77");
        assertThat(assets).containsOnlyKeys("a.txt", "a-" + hash(assets, "a.txt") + ".txt", "b.js", "b-2d711642b7.js");
        assertThat(asset(assets, "a.txt").original().source().path()).isEqualTo("a.tmpl.txt");
    }

    @Test
    void appendsVersionWhereNamesHaveNoHash() {
        fingerprints = null;
        file("a.tmpl.txt", "{{ file('b ü.js') }}");
        file("b ü.js", "x");
        assertThat(text("a.txt")).isEqualTo("/site/b%20%C3%BC.js?v=2d711642b7");
        version = FileVersion.NONE;
        assertThat(text("a.txt")).isEqualTo("/site/b%20%C3%BC.js");
        version = FileVersion.MODIFIED;
        assertThat(text("a.txt")).isEqualTo("/site/b%20%C3%BC.js?v=0");
    }

    @Test
    void versionsPagesOnlyWhenTheCallSays() {
        file("a.tmpl.txt", "{{ file('b.html') }} {{ file('b.html', 'fingerprint') }}");
        file("b.html", "x");
        assertThat(text("a.txt")).isEqualTo("/site/b.html /site/b.html?v=2d711642b7");
    }

    @Test
    void fallsBackToTimeWhereContentWasNotRead() {
        file("a.tmpl.txt", "{{ file('b.mp4') }}");
        originals.add(new Given("b.mp4", null, Instant.ofEpochSecond(5), true));
        assertThat(assets()).containsKey("b.mp4").doesNotContainKey("b-.mp4");
        assertThat(text("a.txt")).isEqualTo("/site/b.mp4?v=5");
    }

    @Test
    void rewritesWhatTemplatesMake() {
        file(
                "a.tmpl.css",
                "@import '{{ file('b.css') }}'; p { background: url(x.png), url('{{ file('x.png', 'none') }}') }");
        file("b.tmpl.css", "{{ 1 }} { background: url(x.png) }");
        file("x.png", "x");
        assertThat(text("a.css"))
                .isEqualTo("@import '/site/b-" + hash(assets(), "b.css")
                        + ".css'; p { background: url(x-2d711642b7.png), url('/site/x-2d711642b7.png') }");
        assertThat(text("b.css")).isEqualTo("1 { background: url(x-2d711642b7.png) }");
    }

    @Test
    void keepsPlainNamesWithinACycleOfTemplates() {
        file("a.tmpl.txt", "{{ file('b.txt') }}");
        file("b.tmpl.txt", "{{ file('a.txt') }}");
        file("c.tmpl.txt", "{{ file('c.txt', 'modified') }} {{ file('a.txt') }}");
        assertThat(text("a.txt")).isEqualTo("/site/b.txt");
        assertThat(text("b.txt")).isEqualTo("/site/a.txt");
        assertThat(text("c.txt")).isEqualTo("/site/c.txt /site/a-" + hash(assets(), "a.txt") + ".txt");
    }

    @Test
    void callsFunctionsOnceForEachLoad() {
        AtomicInteger count = new AtomicInteger();
        functions = Map.of("count", arguments -> (long) count.incrementAndGet());
        file("a.tmpl.txt", "{{ count('') }} {{ count('') }} {{ file('b.js') }}");
        file("b.js", "x");
        assertThat(text("a.txt")).isEqualTo("1 2 /site/b-2d711642b7.js");
        assertThat(count).hasValue(2);
    }

    @Test
    void dropsByteOrderMarkOfTemplates() {
        file("a.tmpl.txt", "\uFEFFx");
        assertThat(text("a.txt")).isEqualTo("x");
    }

    @Test
    void refusesFilesOutsideAndFilesThatAreMissing() {
        file(
                "css/a.tmpl.txt",
                "{{ file('../b.js') }}{{ file('css') }}{{ file('css/a.tmpl.txt') }}{{ file('b.js/') }}{{ file('a\\\\b.js') }}");
        file("b.js", "x");
        assets();
        assertThat(faults.all()).hasSize(5);
    }

    @Test
    void refusesFileWithTheServedNameOfATemplate() {
        file("a.tmpl.txt", "x");
        file("a.txt", "x");
        assets();
        assertThat(faults.all())
                .extracting(Fault::message)
                .containsExactly("is served as a.txt, and so is a.tmpl.txt: remove one of them");
    }

    @Test
    void refusesTemplateThatIsNoUtf8OrTooLarge() {
        originals.add(new Given("a.tmpl.txt", "\u00ff", Instant.EPOCH, false));
        originals.add(new Given("b.tmpl.txt", null, Instant.EPOCH, true));
        assertThat(assets()).isEmpty();
        assertThat(faults.all())
                .extracting(Fault::message)
                .containsExactly(
                        "is not UTF-8, which a template has to be",
                        "has 0 bytes and does not fit into memory, as a template has to; a file can have 100");
    }
}
