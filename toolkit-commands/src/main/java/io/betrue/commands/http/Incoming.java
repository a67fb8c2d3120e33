package io.betrue.commands.http;

import io.betrue.commands.Content;
import io.betrue.commands.Headers;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes replies of responses. */
final class Incoming {
    private static final int FAILURE = 400;
    private static final int REDIRECTION = 300;
    private static final int SUCCESS = 200;

    /** What belongs to the connection or the body, not to the reply. */
    private static final Set<String> NOT_OURS = Set.of(
            "alt-svc",
            "connection",
            "content-disposition",
            "content-encoding",
            "content-length",
            "content-type",
            "command-output",
            "date",
            "keep-alive",
            "server",
            "strict-transport-security",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary",
            "via",
            "x-content-type-options");

    private Incoming() {}

    /** The body of a response: bytes, or a stream where the output stands beside it. */
    static final class Body {
        private final byte @Nullable [] bytes;
        private final @Nullable InputStream stream;

        Body(byte @Nullable [] bytes, @Nullable InputStream stream) {
            this.bytes = bytes;
            this.stream = stream;
        }
    }

    static BodySubscriber<Body> body(HttpResponse.ResponseInfo info, int limit) {
        boolean streams = info.statusCode() < REDIRECTION
                && info.headers().firstValue(HttpTarget.OUTPUT).isPresent();
        return streams
                ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), stream -> new Body(null, stream))
                : BodySubscribers.mapping(new LimitedBytes(limit), bytes -> new Body(bytes, null));
    }

    /**
     * Makes a reply.
     *
     * @throws ProblemException the one of the response if it failed, BAD_GATEWAY if it is none of a command
     */
    static Reply<Payload> reply(HttpResponse<Body> response, ErrorCatalogue catalogue) {
        int status = response.statusCode();
        byte[] bytes = response.body().bytes;
        if (status >= FAILURE && bytes != null) {
            throw catalogue.ofResponse(status, bytes).toException();
        }
        HttpHeaders headers = response.headers();
        InputStream stream = response.body().stream;
        if (stream != null) {
            String output = headers.firstValue(HttpTarget.OUTPUT).orElse("");
            return new Reply<>(
                    status, headers(headers), Payload.ofJson(AsciiJson.bytes(output)), content(headers, stream));
        }
        byte[] json = bytes == null ? new byte[0] : bytes;
        String type = headers.firstValue("content-type").orElse(null);
        if (status < SUCCESS || status >= REDIRECTION || (json.length > 0 && !MediaTypes.isJson(type))) {
            throw StandardError.BAD_GATEWAY
                    .problem()
                    .detail("The answer is no reply of a command.")
                    .toException();
        }
        return new Reply<>(status, headers(headers), Payload.ofJson(json), null);
    }

    private static Content content(HttpHeaders headers, InputStream stream) {
        String type = Disposition.usable(headers.firstValue("content-type").orElse(null));
        String name =
                Disposition.fileName(headers.firstValue("content-disposition").orElse(null));
        long length = headers.firstValueAsLong("content-length").orElse(-1);
        return new Content(stream, length < 0 ? null : length, type == null ? Content.BYTES : type, name);
    }

    /** What the handler gave; a header that no call could have is left out. */
    private static Headers headers(HttpHeaders given) {
        Headers headers = Headers.NONE;
        for (Map.Entry<String, List<String>> one : given.map().entrySet()) {
            boolean ours = !one.getKey().startsWith(":")
                    && !NOT_OURS.contains(one.getKey().toLowerCase(Locale.ROOT));
            if (ours) {
                headers = with(headers, one.getKey(), Latin.read(String.join(", ", one.getValue())));
            }
        }
        return headers;
    }

    private static Headers with(Headers headers, String name, String value) {
        try {
            return headers.with(name, value);
        } catch (IllegalArgumentException tooMuch) {
            return headers;
        }
    }
}
