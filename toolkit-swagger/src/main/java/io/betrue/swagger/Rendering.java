package io.betrue.swagger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.Arrays;

/**
 * A document as bytes.
 *
 * @param bytes in UTF-8, never changed
 * @param tag its entity tag; weak, as compression on the way changes the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Rendering(byte[] bytes, String tag) {
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter JSON = new ObjectMapper()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));
    private static final ObjectWriter YAML = new ObjectMapper(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .build())
            .writer();

    static Rendering of(JsonNode document, boolean yaml) {
        try {
            if (yaml) {
                return of(YAML.writeValueAsBytes(document));
            }
            byte[] json = JSON.writeValueAsBytes(document);
            byte[] lines = Arrays.copyOf(json, json.length + 1);
            lines[json.length] = '\n';
            return of(lines);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    static Rendering of(byte[] bytes) {
        return new Rendering(bytes, "W/\"" + bytes.length + "-" + Hash.ofLarge(bytes) + "\"");
    }
}
