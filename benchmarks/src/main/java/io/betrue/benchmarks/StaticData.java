package io.betrue.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;

/** Writes the files that {@link StaticServer} serves; the same seed gives the same bytes, and they all have the same modification time. */
final class StaticData {
    static final int SMALL = 1_024;
    static final int SCRIPT = 44 * 1_024;
    static final int LARGE = 1 << 20;

    private static final long SEED = 7;
    private static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05Z");
    private static final String[] WORDS = {
        "value",
        "index",
        "result",
        "options",
        "callback",
        "element",
        "request",
        "response",
        "state",
        "length",
        "node",
        "event"
    };

    private StaticData() {}

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(SEED);
        write(folder.resolve("small.html"), page(random).getBytes(StandardCharsets.UTF_8));
        write(folder.resolve("small.txt"), page(random).getBytes(StandardCharsets.UTF_8));
        write(folder.resolve("app.js"), script(random).getBytes(StandardCharsets.UTF_8));
        byte[] large = new byte[LARGE];
        random.nextBytes(large);
        write(folder.resolve("large.bin"), large);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
    }

    private static String page(Random random) {
        StringBuilder page = new StringBuilder("<!doctype html>\n<title>A page</title>\n");
        while (page.length() < SMALL) {
            page.append("<p>")
                    .append(word(random))
                    .append(' ')
                    .append(word(random))
                    .append("</p>\n");
        }
        return page.substring(0, SMALL);
    }

    /** Names that repeat and numbers that do not: gzip -9 makes about a quarter of it, as of scripts in real life. */
    private static String script(Random random) {
        StringBuilder script = new StringBuilder();
        while (script.length() < SCRIPT) {
            script.append("  const ")
                    .append(name(random))
                    .append(" = ")
                    .append(word(random))
                    .append('.');
            script.append(word(random))
                    .append('(')
                    .append(random.nextInt(1_000))
                    .append(", ");
            script.append(name(random)).append(");\n");
        }
        return script.substring(0, SCRIPT);
    }

    private static String name(Random random) {
        return word(random) + Integer.toString(random.nextInt(500), 36);
    }

    private static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
