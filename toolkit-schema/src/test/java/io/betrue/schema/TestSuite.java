package io.betrue.schema;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The JSON Schema Test Suite, which lies beside this repository and is no part of it. */
final class TestSuite {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String REMOTE = "http://localhost:1234/";

    /**
     * One row of the suite.
     *
     * @param id the file, the group and the row
     * @param schema the schema
     * @param data the value
     * @param valid whether it is valid
     */
    record Case(String id, JsonNode schema, JsonNode data, boolean valid) {}

    private TestSuite() {}

    static Path root() {
        String property = System.getProperty("json-schema-test-suite");
        if (property == null || !Files.isDirectory(Path.of(property, "tests"))) {
            throw new AssertionError("the JSON Schema Test Suite is not in " + property
                    + ": put a checkout of json-schema-org/JSON-Schema-Test-Suite there, or name another place with"
                    + " -Djson-schema-test-suite=/path/to/it");
        }
        return Path.of(property);
    }

    static String folder(Draft draft) {
        return "draft" + draft.name().charAt(draft.name().length() - 1);
    }

    /** {@return the rows of the files of a folder: "" for the required ones, optional or optional/format} */
    static List<Case> cases(Draft draft, String folder) {
        List<Case> cases = new ArrayList<>();
        Path directory = root().resolve("tests").resolve(folder(draft)).resolve(folder);
        for (Path file : files(directory, 1)) {
            String name = (folder.isEmpty() ? "" : folder + "/") + file.getFileName();
            for (JsonNode group : read(file)) {
                for (JsonNode row : group.get("tests")) {
                    cases.add(new Case(
                            name + ": " + group.get("description").asText() + ": "
                                    + row.get("description").asText(),
                            group.get("schema"),
                            row.get("data"),
                            row.get("valid").booleanValue()));
                }
            }
        }
        return cases;
    }

    /** {@return the schema of a row, with the remote schemas of the suite at hand} */
    static Schema schema(Draft draft, JsonNode schema) {
        return Schemas.load(config -> {
                    config.draft(draft).json("case", schema.toString());
                    Path remotes = root().resolve("remotes");
                    for (Path file : files(remotes, 9)) {
                        String path = remotes.relativize(file).toString();
                        // it has a keyword of a later draft, which is a fault here
                        boolean refused = path.endsWith("ignore-dependentRequired.json");
                        if (!refused && (!path.matches("(draft.*|v1)/.*") || path.startsWith(folder(draft) + "/"))) {
                            config.reference(URI.create(REMOTE + path), text(file));
                        }
                    }
                })
                .get("case");
    }

    private static List<Path> files(Path directory, int depth) {
        try (Stream<Path> files = Files.walk(directory, depth)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
