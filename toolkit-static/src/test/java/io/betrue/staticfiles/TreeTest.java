package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreeTest {
    private final Tree.Builder builder = new Tree.Builder();
    private final Faults faults = new Faults();

    private Tree tree() {
        return builder.build(List.of(), faults);
    }

    private void add(MountSettings mount, String... paths) {
        for (String path : paths) {
            builder.add(mount.prefix() + path, Sample.file(mount, path));
        }
    }

    private static @Nullable String prefixOf(Tree tree, String path) {
        Entry entry = tree.find(path);
        return entry == null ? null : entry.mount().prefix();
    }

    @Test
    void findsExactly() {
        add(Sample.mount("/", mount -> {}), "/a.css", "/A.css", "/b.css");

        assertThat(pathOf(tree(), "/a.css")).isEqualTo("/a.css");
        assertThat(pathOf(tree(), "/A.css")).isEqualTo("/A.css");
        assertThat(tree().find("/B.css")).isNull();
        assertThat(tree().find("")).isNull();
    }

    @Test
    void findsWhateverTheCaseBelowThePrefix() {
        add(Sample.mount("/docs", MountConfig::ignoreCase), "/Img/Logo.PNG", "/ПРИВЕТ.txt");

        assertThat(pathOf(tree(), "/docs/img/logo.png")).isEqualTo("/docs/Img/Logo.PNG");
        assertThat(pathOf(tree(), "/docs/IMG/LOGO.PNG")).isEqualTo("/docs/Img/Logo.PNG");
        assertThat(pathOf(tree(), "/docs/привет.TXT")).isEqualTo("/docs/ПРИВЕТ.txt");
        assertThat(tree().find("/DOCS/img/logo.png")).isNull();
        assertThat(tree().find("/docsimg/logo.png")).isNull();
        assertThat(tree().find("/docs")).isNull();
    }

    @Test
    void asksTheLongestPrefixFirstWhenItIgnoresCase() {
        add(Sample.mount("/docs", MountConfig::ignoreCase), "/a.css");
        add(Sample.mount("/", mount -> {}), "/docs/A.css", "/docs/B.css", "/docs/c.css");

        assertThat(prefixOf(tree(), "/docs/A.css")).isEqualTo("/docs");
        assertThat(prefixOf(tree(), "/docs/a.css")).isEqualTo("/docs");
        assertThat(prefixOf(tree(), "/docs/B.css")).isEmpty();
        assertThat(tree().find("/docs/b.css")).isNull();
        assertThat(tree().find("/docs/C.css")).isNull();
    }

    @Test
    void asksTheLongestPrefixFirstWhenTheShorterOneIgnoresCase() {
        add(Sample.mount("/docs", mount -> {}), "/a.css");
        add(Sample.mount("/", MountConfig::ignoreCase), "/docs/a.css", "/docs/b.css");

        assertThat(prefixOf(tree(), "/docs/a.css")).isEqualTo("/docs");
        assertThat(prefixOf(tree(), "/docs/A.css")).isEmpty();
        assertThat(prefixOf(tree(), "/Docs/a.css")).isEmpty();
        assertThat(prefixOf(tree(), "/docs/B.css")).isEmpty();
    }

    @Test
    void keepsWhatCameFirst() {
        add(Sample.mount("/docs", mount -> {}), "/a.css");
        add(Sample.mount("/", mount -> {}), "/docs/a.css");

        assertThat(prefixOf(tree(), "/docs/a.css")).isEqualTo("/docs");
    }

    @Test
    void refusesFilesThatDifferOnlyByCaseWhereCaseIsIgnored() {
        MountSettings mount = Sample.mount("/docs", MountConfig::ignoreCase);
        add(mount, "/A.css", "/a.css", "/b.css");
        builder.add("/docs/", Sample.file(mount, "/b.css"));

        tree();

        assertThat(faults.all()).extracting(Fault::file).containsExactly("a.css");
    }

    private static String pathOf(Tree tree, String path) {
        return ((Entry.Resource) Objects.requireNonNull(tree.find(path))).path();
    }
}
