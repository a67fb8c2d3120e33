package io.betrue.commands.nats;

import io.betrue.commands.Content;
import io.nats.client.impl.Headers;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What a request or a reply says of the stream that belongs to it. */
final class ContentFields {
    private ContentFields() {}

    static void write(Content content, Headers to) {
        HeaderFields.put(Wire.CONTENT, content.mediaType(), to);
        if (content.length() != null) {
            to.put(Wire.CONTENT_LENGTH, Long.toString(content.length()));
        }
        if (content.fileName() != null) {
            HeaderFields.put(Wire.CONTENT_NAME, content.fileName(), to);
        }
    }

    static boolean areIn(Headers headers) {
        return headers.containsKey(Wire.CONTENT) || headers.containsKey(Wire.CONTENT + "*");
    }

    /**
     * Makes a content of a stream and what was said of it.
     *
     * @throws IllegalArgumentException if that is malformed
     */
    static Content read(Headers from, InputStream stream) {
        io.betrue.commands.Headers said =
                HeaderFields.read(from, name -> name.equals(Wire.CONTENT) || name.equals(Wire.CONTENT_NAME));
        String type = said.get(Wire.CONTENT);
        return new Content(stream, length(from), type == null ? Content.BYTES : type, said.get(Wire.CONTENT_NAME));
    }

    private static @Nullable Long length(Headers from) {
        String text = from.getLast(Wire.CONTENT_LENGTH);
        return text == null ? null : Long.valueOf(text);
    }
}
