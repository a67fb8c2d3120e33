package io.betrue.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The schemas of schemas, which every application may refer to; they are in this jar. */
final class MetaSchemas {
    private MetaSchemas() {}

    static Document of(Draft draft) {
        String file = draft.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
        try (InputStream stream = MetaSchemas.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not in the jar of toolkit-schema");
            }
            JsonText.Parsed parsed = JsonText.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            return new Document(
                    draft.uri(), draft.uri(), URI.create(draft.uri()), draft, parsed.root(), parsed.positions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonText.Malformed e) {
            throw new IllegalStateException(file + " of the jar of toolkit-schema is broken", e);
        }
    }
}
