package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process with a heap of 64 MiB takes into memory when it is asked for everything. */
class SmallHeapIT {
    private static final int FILES = 40;

    @Test
    void takesHalfOfTheHeapAtMostAndSaysSo(@TempDir Path temporary) throws Exception {
        Path web = Files.createDirectory(temporary.resolve("web"));
        for (int i = 0; i < FILES; i++) {
            Files.write(web.resolve(i + ".bin"), new byte[1 << 20]);
        }
        List<String> lines = run(temporary.resolve("out.txt"), web);
        assertThat(lines).filteredOn(line -> line.startsWith("in memory: ")).hasSize(1);
        // some collectors count a part of the heap out
        assertThat(lines).containsAnyOf("in memory: 32", "in memory: 31", "in memory: 30", "in memory: 29");
        assertThat(lines)
                .filteredOn(line -> line.contains("were asked for; half of -Xmx is the most) is too small"))
                .hasSize(1);
    }

    private static List<String> run(Path out, Path web) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapIT.class.getName(),
                        web.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }

    /** Loads a folder with the largest budget there is, and says how many of its files are in memory. */
    public static void main(String[] args) {
        StaticFilesConfig config = new StaticFilesConfig();
        config.mount("/", StaticRoot.directory(Path.of(args[0]))).memoryBudget(1L << 40);
        Tree tree = new Loader(config.settings("/")).load(Tree.EMPTY);
        long inMemory = tree.entries().values().stream()
                .filter(entry ->
                        entry instanceof Entry.Resource file && file.identity().body() instanceof Body.InMemory)
                .count();
        System.out.println("in memory: " + inMemory);
    }
}
