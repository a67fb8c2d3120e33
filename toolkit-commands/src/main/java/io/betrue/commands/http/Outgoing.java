package io.betrue.commands.http;

import io.betrue.commands.Call;
import io.betrue.commands.Content;
import io.betrue.commands.Headers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes requests of calls. */
final class Outgoing {
    private static final int MAX_HEADER = 4_000;

    /**
     * Whether a body waits until the server asks for it, so that none is sent in vain. On Java 17 a request whose body was not asked for never ends; on 25 it does.
     */
    private static final boolean EXPECT = Runtime.version().feature() >= 25;

    private static final String CONTENT_TYPE = "Content-Type";

    /** What the client of the JDK says itself, or refuses. */
    private static final Set<String> NOT_OURS = Set.of(
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Outgoing() {}

    static HttpRequest request(URI uri, Call call, Headers headers, byte[] input, Duration left) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header(RequestHead.TIMEOUT, Long.toString(millis(left)))
                .header("Accept", "application/json, application/problem+json");
        headers.toMap().forEach((name, value) -> {
            if (!NOT_OURS.contains(name)) {
                request.header(name, value);
            }
        });
        Content content = call.content();
        if (content == null) {
            return request.header(CONTENT_TYPE, MediaTypes.JSON)
                    .POST(BodyPublishers.ofByteArray(input))
                    .build();
        }
        String beside = AsciiJson.of(input);
        return beside.length() <= MAX_HEADER ? raw(request, content, beside) : form(request, content, input);
    }

    private static long millis(Duration left) {
        return Math.max(1, Math.min(left.toMillis(), 3_600_000));
    }

    private static HttpRequest raw(HttpRequest.Builder request, Content content, String beside) {
        request.header(HttpTarget.INPUT, beside).header(CONTENT_TYPE, content.mediaType());
        if (content.fileName() != null) {
            request.header("Content-Disposition", Disposition.attachment(content.fileName()));
        }
        return request.expectContinue(EXPECT)
                .POST(stream(content.stream(), content.length()))
                .build();
    }

    /** Where the input is too large for a header, both go into a form. */
    private static HttpRequest form(HttpRequest.Builder request, Content content, byte[] input) {
        String boundary = "betrue-" + UUID.randomUUID();
        String name = content.fileName() == null ? "content" : content.fileName();
        byte[] before = bytes("--" + boundary + "\r\nContent-Disposition: form-data; name=\"input\"\r\n"
                + "Content-Type: application/json\r\n\r\n");
        byte[] between = bytes("\r\n--" + boundary + "\r\n"
                + Disposition.attachment(name)
                        .replaceFirst("attachment", "Content-Disposition: form-data; name=\"content\"")
                + "\r\nContent-Type: " + content.mediaType() + "\r\n\r\n");
        byte[] after = bytes("\r\n--" + boundary + "--\r\n");
        InputStream all = new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(before),
                new ByteArrayInputStream(input),
                new ByteArrayInputStream(between),
                content.stream(),
                new ByteArrayInputStream(after))));
        Long length = content.length() == null
                ? null
                : before.length + input.length + between.length + content.length() + after.length;
        return request.header(CONTENT_TYPE, MediaTypes.FORM + "; boundary=" + boundary)
                .expectContinue(EXPECT)
                .POST(stream(all, length))
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static BodyPublisher stream(InputStream stream, @Nullable Long length) {
        BodyPublisher publisher = BodyPublishers.ofInputStream(() -> stream);
        if (length == null) {
            return publisher;
        }
        return length == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(publisher, length);
    }
}
