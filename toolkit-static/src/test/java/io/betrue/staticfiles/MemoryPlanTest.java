package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryPlanTest extends LoadedFolder {
    @Test
    void putsSmallFilesIntoMemoryAndStreamsLargerOnes() throws IOException {
        write("limit.bin", new byte[1000]);
        write("above.bin", new byte[1001]);
        Tree tree = load(config -> config.memoryFileLimit(1000));

        assertThat(resource(tree, "/limit.bin").identity().body()).isInstanceOf(Body.InMemory.class);
        assertThat(resource(tree, "/above.bin").identity().body()).isInstanceOf(Body.Streamed.class);
        assertThat(resource(tree, "/above.bin").identity().etag()).hasSize(34);
    }

    @Test
    void streamsTheLargestWhenTheBudgetIsTooSmall() throws IOException {
        write("a.bin", new byte[100]);
        write("b.bin", new byte[200]);
        write("c.bin", new byte[300]);
        write("d.bin", new byte[400]);
        try (Logged logged = Logged.of(MemoryPlan.class)) {
            Tree tree = load(config -> config.memoryBudget(600));
            assertThat(resource(tree, "/c.bin").identity().body()).isInstanceOf(Body.InMemory.class);
            assertThat(resource(tree, "/d.bin").identity().body()).isInstanceOf(Body.Streamed.class);
            assertThat(logged.lines())
                    .containsExactly("WARN the memory budget of 600 B is too small: 1 file of 400 B streamed");
        }
    }

    @Test
    void movesAFileBetweenMemoryAndDiskAsTheBudgetAllows() throws IOException {
        write("large.bin", noise(900));
        Loader loader = loader(config -> config.memoryBudget(1000));
        Tree alone = loader.load(Tree.EMPTY);
        write("small.bin", noise(800));
        Tree crowded = loader.load(alone);
        Files.delete(web.resolve("small.bin"));
        Tree aloneAgain = loader.load(crowded);

        assertThat(resource(alone, "/large.bin").identity().body()).isInstanceOf(Body.InMemory.class);
        assertThat(resource(crowded, "/large.bin").identity().body()).isInstanceOf(Body.Streamed.class);
        assertThat(resource(aloneAgain, "/large.bin").identity().body()).isInstanceOf(Body.InMemory.class);
    }

    @Test
    void countsEncodingsAgainstTheBudget() throws IOException {
        write("a.txt", TEXT);
        Tree enough = load(config -> config.memoryBudget(TEXT.length() + 200));
        Tree tooLittle;
        try (Logged logged = Logged.of(MemoryPlan.class)) {
            tooLittle = load(config -> config.memoryBudget(TEXT.length() + 10));
            assertThat(logged.lines())
                    .containsExactly("WARN the memory budget of 3.2 KB is too small: 1 file not compressed");
        }
        assertThat(resource(enough, "/a.txt").encoded()).hasSize(1);
        assertThat(resource(tooLittle, "/a.txt").encoded()).isEmpty();
        assertThat(resource(tooLittle, "/a.txt").identity().body()).isInstanceOf(Body.InMemory.class);
    }

    @Test
    void compressesAgainWhenThereIsRoomAgain() throws IOException {
        write("a.txt", TEXT);
        Loader loader = loader(config -> config.memoryBudget(2L * TEXT.length()));
        Tree roomy = loader.load(Tree.EMPTY);
        write("b.bin", noise(TEXT.length()));
        Tree tight = loader.load(roomy);
        Files.delete(web.resolve("b.bin"));
        Tree roomyAgain = loader.load(tight);

        assertThat(resource(roomy, "/a.txt").encoded()).hasSize(1);
        assertThat(resource(tight, "/a.txt").encoded()).isEmpty();
        assertThat(resource(roomyAgain, "/a.txt").encoded()).hasSize(1);
    }

    @Test
    void countsWhatTemplatesMakeAgainstTheBudget() throws IOException {
        write("a.txt", TEXT);
        write("b.tmpl.txt", "{{ config('LONG') }}");
        Tree tree =
                load(config -> config.memoryBudget(2L * TEXT.length()).value("LONG", "x".repeat(2 * TEXT.length())));

        assertThat(resource(tree, "/a.txt").encoded()).isEmpty();
    }

    @Test
    void neverTakesMoreThanTheProcessAllows() {
        Settings settings = settings(config -> config.memoryBudget(1000));
        List<SourceFile> files = List.of(new VirtualFile("a", new byte[600], NOW));
        MemoryPlan plan = new MemoryPlan(settings, files, 500);
        Warnings warnings = new Warnings();
        plan.warn(settings, warnings);
        assertThat(plan.isInMemory(files.get(0))).isFalse();
        assertThat(warnings.texts()).singleElement().asString().contains("500 B (1000 B were asked for; half of -Xmx");
    }

    @Test
    void warnsAgainOnlyWhenTheNumbersAreOthers() throws IOException {
        write("a.bin", new byte[400]);
        write("b.bin", new byte[500]);
        Loader loader = loader(config -> config.memoryBudget(600));
        try (Logged logged = Logged.of(MemoryPlan.class)) {
            Tree tree = loader.load(loader.load(Tree.EMPTY));
            assertThat(logged.lines())
                    .containsExactly("WARN the memory budget of 600 B is too small: 1 file of 500 B streamed");
            write("c.bin", new byte[524]);
            loader.load(tree);
            assertThat(logged.lines())
                    .hasSize(2)
                    .last()
                    .isEqualTo("WARN the memory budget of 600 B is too small: 2 files of 1.0 KB streamed");
        }
    }
}
