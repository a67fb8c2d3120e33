package io.betrue.swagger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A document as bytes.
 *
 * @param bytes in UTF-8, never changed
 * @param tag its entity tag; weak, as compression on the way changes the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Rendering(byte[] bytes, String tag) {
    private static final int USUAL_SIZE = 1 << 16;
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final JsonFactory JSON = new JsonFactory();

    static Rendering of(JsonNode document, boolean yaml) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator out = (yaml ? Yaml.FACTORY : JSON).createGenerator(bytes)) {
            if (!yaml) {
                out.setPrettyPrinter(
                        new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));
            }
            JsonTrees.write(out, document);
            if (!yaml) {
                out.writeRaw('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return of(bytes.toByteArray());
    }

    static Rendering of(byte[] bytes) {
        return new Rendering(bytes, "W/\"" + bytes.length + "-" + Hash.ofLarge(bytes) + "\"");
    }

    /** Loaded by whoever asks for YAML. */
    private static final class Yaml {
        private static final JsonFactory FACTORY = YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .build();
    }
}
