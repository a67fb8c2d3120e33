package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VirtualFilesTest {
    @Test
    void servesBytesTextsAndSuppliers() throws IOException {
        byte[] bytes = {1, 2, 3};
        VirtualFiles files = StaticRoot.virtual()
                .file("docs/swagger.json", "{\"é\":1}")
                .file("a.bin", bytes)
                .file("b.txt", () -> "made".getBytes(StandardCharsets.UTF_8));
        bytes[0] = 9;

        List<SourceFile> found = files.scan(false);
        assertThat(found).extracting(SourceFile::path).containsExactly("a.bin", "b.txt", "docs/swagger.json");
        assertThat(found.get(0).read()).containsExactly(1, 2, 3);
        assertThat(found.get(1).read()).asString().isEqualTo("made");
        assertThat(new String(found.get(2).read(), StandardCharsets.UTF_8)).isEqualTo("{\"é\":1}");
    }

    @Test
    void asksSuppliersAtEachLoadAndSeesWhatHasChanged() {
        AtomicInteger calls = new AtomicInteger();
        VirtualFiles files = StaticRoot.virtual().file("a", () -> new byte[calls.incrementAndGet() / 3]);
        SourceFile first = files.scan(false).get(0);
        SourceFile second = files.scan(false).get(0);
        SourceFile third = files.scan(false).get(0);
        assertThat(calls).hasValue(3);
        assertThat(second.sameAs(first)).isTrue();
        assertThat(third.sameAs(second)).isFalse();
    }

    @Test
    void keepsWhatASupplierGaveWhateverItDoesWithItsBytes() throws IOException {
        byte[] bytes = "one".getBytes(StandardCharsets.UTF_8);
        VirtualFiles files = StaticRoot.virtual().file("a", () -> bytes);
        SourceFile first = files.scan(false).get(0);
        bytes[0] = 'O';
        assertThat(first.read()).asString().isEqualTo("one");
        SourceFile second = files.scan(false).get(0);
        assertThat(second.sameAs(first)).isFalse();
        assertThat(second.read()).asString().isEqualTo("One");
    }

    @Test
    void replacesAndRemovesFiles() throws IOException {
        VirtualFiles files = StaticRoot.virtual().file("a", "one").file("b", "b");
        files.file("a", "two").remove("b").remove("never there");
        assertThat(files.scan(false)).hasSize(1);
        assertThat(files.scan(false).get(0).read()).asString().isEqualTo("two");
    }

    @Test
    void hidesHiddenFiles() {
        VirtualFiles files = StaticRoot.virtual().file(".x", "x").file(".well-known/x", "x");
        assertThat(files.scan(false)).extracting(SourceFile::path).containsExactly(".well-known/x");
        assertThat(files.scan(true)).hasSize(2);
    }

    @Test
    void refusesPathsThatAreNotPlain() {
        List<String> paths =
                List.of("", "/a", "a/", "a//b", "..", "a/../b", "./a", "a\\b", "a\0b", "a\nb", "\uD800", "a\u0085");
        for (String path : paths) {
            assertThatThrownBy(() -> StaticRoot.virtual().file(path, "x"))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("path");
        }
    }
}
