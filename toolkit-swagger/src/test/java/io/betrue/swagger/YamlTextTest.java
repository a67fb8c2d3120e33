package io.betrue.swagger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class YamlTextTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "yes",
            "No",
            "null",
            "~",
            "12",
            "1e3",
            "0x1F",
            "1:30",
            "2026-11-21",
            "- a",
            "? a",
            ": a",
            "a: b",
            "a #b",
            "#",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "%a",
            "@a",
            "`a`",
            "{a}",
            "[a]",
            "'",
            "\"",
            "\\",
            "\\n",
            "---",
            "...",
            "<<",
            "=",
            "a\nb\n",
            "\ta\r\n",
            "\u0000\u0007\u001b\u007f\u0085\u009f\u00a0",
            "\u2028\u2029\ufeff\ufffe\uffff",
            "été",
            "\ud83d\ude00",
            "</script>",
            "/orders/{id}",
            "$ref",
            "200",
            "2XX",
            "x".repeat(3_000));

    private final YAMLMapper parser = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void looksLikeYaml() {
        JsonNode root = Served.read("""
                {"openapi": "3.1.0", "tags": [{"name": "a", "none": {}}, [1, [2]]], "200": {"$ref": "#/a", "no": [], "b": {"c": null}}, "yes": true}
                """);
        assertThat(YamlText.of(root)).isEqualTo("""
                openapi: "3.1.0"
                tags:
                - name: "a"
                  none: {}
                - - 1
                  - - 2
                "200":
                  $ref: "#/a"
                  "no": []
                  b:
                    c: null
                "yes": true
                """);
    }

    @Test
    void everyTextIsReadAsItWas() {
        for (String text : TEXTS) {
            ObjectNode root = JSON.objectNode();
            root.put("text", text).putArray("list").add(text);
            root.putObject(text).put(text, 1);
            root.putArray(text + "2").add(text);
            assertThat(parse(YamlText.of(root))).isEqualTo(root);
        }
    }

    @Test
    void everyNumberIsReadAsANumber() {
        for (String number : List.of("0", "-1", "9007199254740993", "1E+2", "1.5E-7", "-2.50", "1E400", "1E-9")) {
            JsonNode read = parse(YamlText.of(JSON.objectNode().put("n", new BigDecimal(number))))
                    .path("n");
            assertThat(read.isNumber()).as(number).isTrue();
            assertThat(new BigDecimal(read.asText())).isEqualByComparingTo(number);
        }
        assertThat(YamlText.of(JSON.numberNode(1.0E10))).isEqualTo("1.0E+10\n");
        assertThat(YamlText.of(JSON.numberNode(new BigDecimal("1E+2")))).isEqualTo("1.0E+2\n");
        assertThat(YamlText.of(JSON.textNode("\ufeff\u2028\u0085"))).isEqualTo("\"\\uFEFF\\u2028\\x85\"\n");
        assertThat(YamlText.of(JSON.numberNode(new BigInteger("9".repeat(40))))).isEqualTo("9".repeat(40) + "\n");
    }

    @Test
    void randomTreesAreReadAsTheyWere() {
        for (int seed = 0; seed < 2_000; seed++) {
            JsonNode tree = tree(new Random(seed), 4);
            assertThat(parse(YamlText.of(tree))).as("seed %s", seed).isEqualTo(tree);
        }
    }

    private static JsonNode tree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> JSON.textNode(text(random));
            case 1 -> JSON.numberNode(random.nextInt());
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3 -> JSON.nullNode();
            case 4, 5 -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(tree(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = JSON.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(text(random), tree(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String text(Random random) {
        if (random.nextBoolean()) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x3000);
            text.appendCodePoint(c);
        }
        return text.toString();
    }

    private JsonNode parse(String yaml) {
        try {
            return parser.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }
}
