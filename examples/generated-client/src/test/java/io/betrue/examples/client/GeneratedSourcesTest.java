package io.betrue.examples.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratedSourcesTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void areTheSameFromBothFormsOfTheDocument() throws IOException {
        Map<String, String> from31 = read(Path.of("target/generated-sources/openapi"));
        Map<String, String> from30 = read(Path.of("target/from-3.0"));

        assertThat(from31).containsKey("io/betrue/examples/client/api/LedgerApi.java");
        assertThat(from30.keySet()).isEqualTo(from31.keySet());
        assertThat(from31.keySet())
                .filteredOn(file -> !from31.get(file).equals(from30.get(file)))
                .isEmpty();
    }

    private static Map<String, String> read(Path generated) throws IOException {
        Path folder = generated.resolve(SOURCES);
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                texts.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
