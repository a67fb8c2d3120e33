package io.betrue.swagger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

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
        return of(yaml ? YamlText.of(document).getBytes(StandardCharsets.UTF_8) : json(document));
    }

    private static byte[] json(JsonNode document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));
            JsonTrees.write(out, document);
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    static Rendering of(byte[] bytes) {
        return new Rendering(bytes, "W/\"" + bytes.length + "-" + Hash.ofLarge(bytes) + "\"");
    }
}
