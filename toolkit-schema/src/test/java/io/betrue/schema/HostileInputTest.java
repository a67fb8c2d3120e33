package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {
    private static final int LENGTH = 100_000;
    private static final String META = "{\"$ref\": \"http://json-schema.org/draft-07/schema#\"}";

    private static Schema schema(String text) {
        return Schemas.load(config -> config.json("it", text)).get("it");
    }

    /** An expression that takes a backtracking engine exponential or high polynomial time, a piece to repeat, and an end that spoils the match. */
    static List<String[]> evilPatterns() throws IOException {
        try (InputStream file = HostileInputTest.class.getResourceAsStream("evil-patterns.json")) {
            return List.of(TestSuite.JSON.readValue(file, String[][].class));
        }
    }

    @ParameterizedTest
    @MethodSource("evilPatterns")
    void runsEvilPatternsInLinearTime(String pattern, String piece, String end) {
        Schema schema = schema(
                JsonNodeFactory.instance.objectNode().put("pattern", pattern).toString());
        JsonNode text = TextNode.valueOf(piece.repeat(LENGTH / piece.length()) + end);
        // what takes exponential time would not end in this one, nor in any other
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> schema.validate(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(?=a)",
                "a(?!b)",
                "(?<=a)b",
                "(?<!a)b",
                "(a)\\\\1",
                "(?<n>a)\\\\k<n>",
                "(a{1000}){1000}",
                "a++",
                "(?>a)"
            })
    void refusesPatternsThatCannotRunInLinearTime(String pattern) {
        assertThatThrownBy(() -> schema("{\"pattern\": \"" + pattern + "\"}")).isInstanceOf(SchemaException.class);
    }

    @Test
    void runsATrustedPatternAsItIs() throws Exception {
        Schema schema = Schemas.load(config ->
                        config.trustPattern("^(?=.*[0-9]).{3,}$").json("it", "{\"pattern\": \"^(?=.*[0-9]).{3,}$\"}"))
                .get("it");
        assertThat(schema.validate(TextNode.valueOf("ab1"))).isEmpty();
        assertThat(schema.validate(TextNode.valueOf("abc"))).hasSize(1);
    }

    /** To Java, $ is also before a line break at the end, which is how line breaks get into what must not have any. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^(?=.*[0-9])[a-z0-9]{3,}$ | ab1 | ab1@",
                "^(?!x)[a&&b]+$ | a&b | xa",
                "^(?i)(?=a)abc$ | ABC | ABC@",
                "^(?=\\p{Script=Greek}).$ | α | a",
                "^(?=\\p{IsGreek}).$ | α | a"
            })
    void readsATrustedPatternAsEcma262Too(String pattern, String good, String bad) {
        String text =
                JsonNodeFactory.instance.objectNode().put("pattern", pattern).toString();
        Schema schema = Schemas.load(config -> config.trustPattern(pattern).json("it", text))
                .get("it");
        assertThat(schema.validate(TextNode.valueOf(good))).isEmpty();
        assertThat(schema.validate(TextNode.valueOf(bad.replace('@', '\n')))).hasSize(1);
    }

    @Test
    void survivesTenThousandRandomDocuments() {
        Random random = new Random(20261121);
        List<Schema> schemas = List.of(
                schema(META),
                schema(
                        "{\"oneOf\": [{\"type\": \"array\", \"items\": {\"$ref\": \"#\"}}, {\"type\": \"object\","
                                + " \"additionalProperties\": {\"$ref\": \"#\"}, \"uniqueItems\": true}, {\"type\": [\"string\", \"null\"]}]}"),
                Schemas.load(config -> config.classPath("schemas")).get("order/create"));
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            JsonNode document = random(random, random.nextInt(12));
            for (Schema schema : schemas) {
                List<Violation> violations = schema.validate(document);
                refused += violations.isEmpty() ? 0 : 1;
                boolean sound = violations.size() <= 100
                        && violations.stream()
                                .allMatch(violation -> !violation.keyword().equals("schema")
                                        && Pointers.isPointer(violation.pointer()));
                assertThat(sound).as("document %s", i).isTrue();
            }
        }
        assertThat(refused).isBetween(5_000, 29_999);
    }

    private static JsonNode random(Random random, int depth) {
        String[] words = {
            "type", "items", "customer", "lines", "sku", "a/b", "~", "", "\uD800", "$ref", "properties", "\u0000"
        };
        String word = words[random.nextInt(words.length)];
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> JsonNodeFactory.instance.nullNode();
            case 1 -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            case 2 -> JsonNodeFactory.instance.numberNode(random.nextInt());
            case 3 -> JsonNodeFactory.instance.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(300)));
            case 4, 5 -> TextNode.valueOf(word);
            case 6 -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.add(random(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    object.set(words[random.nextInt(words.length)], random(random, depth - 1));
                }
                yield object;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"anyOf\": [{\"properties\": {\"a\": {\"$ref\": \"#\"}, \"x\": false}, \"required\": [\"a\"]},"
                        + " {\"properties\": {\"a\": {\"$ref\": \"#\"}, \"y\": false}, \"required\": [\"a\"]}, {\"type\": \"null\"}]}",
                "{\"required\": [\"a\"], \"properties\": {\"a\": {\"allOf\": [{\"$ref\": \"#\"}, {\"$ref\": \"#\"}]}}}",
                "{\"required\": [\"a\"], \"properties\": {\"a\": {\"not\": {\"not\": {\"oneOf\": [{\"$ref\": \"#\"}, {\"$ref\": \"#\"}, {\"$ref\": \"#\"}]}}}}}"
            })
    void judgesAndExplainsInTimeThatDoesNotDoubleWithEachLevel(String text) {
        Schema schema = schema(text);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 90; i++) {
            node = JsonNodeFactory.instance.objectNode().set("a", node);
        }
        ObjectNode document = node;
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(schema.validate(document)).isNotEmpty());
    }

    @Test
    void judgesRightOnSixteenThreads() throws Exception {
        Schema schema = Schemas.load(config -> config.classPath("schemas")).get("order/create");
        List<JsonNode> good = new ArrayList<>();
        List<JsonNode> bad = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String line = "{\"sku\": \"ABC-" + (1000 + i) + "\", \"quantity\": " + (i + 1) + "}";
            good.add(TestSuite.JSON.readTree(
                    "{\"customer\": \"c" + i + "\", \"email\": \"a@b\", \"lines\": [" + line + "]}"));
            bad.add(TestSuite.JSON.readTree(
                    "{\"customer\": \"c" + i + "\", \"lines\": [" + line.replace("-1", "_1") + "]}"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                int offset = thread;
                tasks.add(() -> {
                    int wrong = 0;
                    for (int i = 0; i < 100_000; i++) {
                        boolean right = i % 10 > 0
                                ? schema.validate(good.get((i + offset) % 16)).isEmpty()
                                : schema.validate(bad.get((i + offset) % 16)).size() == 1;
                        wrong += right ? 0 : 1;
                    }
                    return wrong;
                });
            }
            int wrong = 0;
            for (Future<Integer> future : threads.invokeAll(tasks)) {
                wrong += future.get();
            }
            assertThat(wrong).isZero();
        } finally {
            threads.shutdownNow();
        }
    }
}
