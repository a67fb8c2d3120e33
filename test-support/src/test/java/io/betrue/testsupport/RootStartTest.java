package io.betrue.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootStartTest {
    @TempDir
    Path folder;

    @Test
    void putsAScriptThatGivesUpRootInFrontOfThePrograms() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("PG-1/bin"));
        Files.writeString(bin.resolve("initdb"), "the real initdb");
        Files.writeString(bin.resolve("pg_ctl"), "the real pg_ctl");
        Files.writeString(bin.resolve("postgres"), "the real postgres");

        assertThat(RootStart.wrap(folder)).isTrue();
        assertThat(RootStart.wrap(folder)).as("a second time").isTrue();

        assertThat(bin.resolve("initdb")).content().contains("setpriv --reuid=nobody", "\"$0.real\" \"$@\"");
        assertThat(bin.resolve("initdb.real")).hasContent("the real initdb");
        assertThat(bin.resolve("pg_ctl.real")).hasContent("the real pg_ctl");
        assertThat(bin.resolve("postgres")).hasContent("the real postgres");
        assertThat(Files.isExecutable(bin.resolve("pg_ctl"))).isTrue();
        try (var files = Files.list(bin)) {
            assertThat(files).hasSize(5);
        }
    }

    @Test
    void findsNothingBeforeTheServerIsUnpacked() throws IOException {
        assertThat(RootStart.wrap(folder)).isFalse();
        assertThat(RootStart.wrap(folder.resolve("absent"))).isFalse();
    }
}
