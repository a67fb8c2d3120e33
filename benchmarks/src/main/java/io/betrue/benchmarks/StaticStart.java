package io.betrue.benchmarks;

import io.betrue.staticfiles.MountConfig;
import io.betrue.staticfiles.StaticFilesPlugin;
import io.betrue.staticfiles.StaticRoot;
import io.javalin.Javalin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Measures how long 2,000 files of 41 MB take until they are ready, once in this JVM: {@code StaticStart files DIRECTORY} makes the files,
 * {@code StaticStart plain DIRECTORY} and {@code StaticStart gzip DIRECTORY} print milliseconds. An application without files is started and stopped before: what Javalin, Jetty and the logging
 * take to wake up is theirs, with files or without.
 */
public final class StaticStart {
    private static final int FILES = 2000;
    private static final long TOTAL = 41_000_000;
    private static final String[] TEXTS = {"css", "js", "html", "svg", "json"};
    private static final int WORDS = 3000;

    private StaticStart() {}

    /**
     * Makes the files or measures one load.
     *
     * @param args {@code files}, {@code plain} or {@code gzip}, and the directory
     * @throws IOException if the files cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[1]);
        if (args[0].equals("files")) {
            write(directory);
            return;
        }
        Javalin.create(config -> config.startup.showJavalinBanner = false)
                .start(0)
                .stop();
        boolean compress = args[0].equals("gzip");
        long start = System.nanoTime();
        Javalin.create(config -> config.registerPlugin(new StaticFilesPlugin(
                files -> files.mount("/", StaticRoot.directory(directory), mount -> choose(mount, compress)))));
        System.out.println((System.nanoTime() - start) / 1_000_000);
    }

    private static void choose(MountConfig mount, boolean compress) {
        if (!compress) {
            mount.withoutCompression();
        }
    }

    /** Seven of ten files are text of words that occur as words do (the n-th word 1/n as often as the first), the others are noise like images. */
    private static void write(Path directory) throws IOException {
        Random random = new Random(41);
        String[] words = new String[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = Long.toString(random.nextLong() >>> 1 | 1L << 60, 36).substring(0, 2 + random.nextInt(8));
        }
        double[] weights = random.doubles(FILES).map(x -> 0.1 + x * x * x).toArray();
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i < FILES; i++) {
            int size = (int) (weights[i] / sum * TOTAL);
            boolean text = i % 10 < 7;
            Path file = directory.resolve("d" + i % 50).resolve("f" + i + "." + (text ? TEXTS[i % 5] : "png"));
            Files.createDirectories(file.getParent());
            Files.write(file, text ? text(random, words, size) : noise(random, size));
        }
    }

    private static byte[] text(Random random, String[] words, int size) {
        StringBuilder text = new StringBuilder(size + 16);
        while (text.length() < size) {
            int word = (int) Math.pow(WORDS, random.nextDouble()) - 1;
            text.append(words[word]).append(random.nextInt(8) == 0 ? "{;}\n  ".charAt(random.nextInt(6)) : ' ');
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] noise(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
