package io.betrue.commands.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.betrue.commands.Cancellation;
import io.betrue.commands.Content;
import io.betrue.commands.Payload;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads the input of a request, and makes its body the stream beside it where the command takes one. */
final class Intake {
    private static final int MAX_BOUNDARY = 70; // RFC 2046, section 5.1.1

    private final Context ctx;
    private final Request request;
    private final HttpCall.Server server;
    private final Cancellation token;
    private volatile @Nullable Upload upload;

    /**
     * What a request brings.
     *
     * @param input the input
     * @param content the stream, or null
     */
    record Taken(Payload input, @Nullable Content content) {}

    Intake(Context ctx, Request request, HttpCall.Server server, Cancellation token) {
        this.ctx = ctx;
        this.request = request;
        this.server = server;
        this.token = token;
    }

    /** {@return the stream that the handler may be reading, or null} */
    @Nullable
    Upload upload() {
        return upload;
    }

    /**
     * Reads as much of a request as a call needs.
     *
     * @param mayStream whether the command takes a stream, or may do so as far as is known here
     * @param rest the other way in that the request came, or null
     * @return the input and the stream; fails with a problem, as this method does
     */
    CompletableFuture<Taken> take(boolean mayStream, @Nullable RestRoute rest) {
        String type = contentType();
        boolean noJson = type == null ? hasBody() : !MediaTypes.isJson(type);
        boolean streams = isInputBeside(mayStream && rest == null) || (mayStream && noJson);
        if (!streams) {
            return json(type).thenApply(body -> {
                Disconnects.watch(request, token);
                return new Taken(rest == null ? Payload.ofJson(body) : merged(rest, body), null);
            });
        }
        if (MediaTypes.name(type).equals(MediaTypes.FORM) && type != null) {
            return form(type, rest);
        }
        Payload input = beside(rest, null);
        if (type == null && !hasBody()) {
            Disconnects.watch(request, token);
            return CompletableFuture.completedFuture(new Taken(input, null));
        }
        long limit = server.settings().contentLimit();
        if (request.getLength() > limit) {
            throw Upload.tooLarge(limit).toException();
        }
        Upload stream = upload(Upload.Parts.ALL);
        Long length = request.getLength() < 0 ? null : request.getLength();
        String name = Disposition.fileName(ctx.req().getHeader("Content-Disposition"));
        return CompletableFuture.completedFuture(new Taken(input, content(stream, length, type, name)));
    }

    private @Nullable String contentType() {
        var lines = ctx.req().getHeaders("Content-Type");
        String first = lines.hasMoreElements() ? lines.nextElement() : null;
        if (lines.hasMoreElements()) {
            throw unsupported("There is more than one Content-Type.");
        }
        return first;
    }

    /** Whether the request says by itself that its body is a stream; what command takes none, {@link io.betrue.commands.Commands} knows. */
    private boolean isInputBeside(boolean inQuery) {
        return ctx.req().getHeader(HttpCommands.INPUT) != null || (inQuery && ctx.queryParam(FormParts.INPUT) != null);
    }

    private boolean hasBody() {
        boolean http1 = ctx.req().getProtocol().startsWith("HTTP/1");
        return request.getLength() > 0
                || (request.getLength() < 0 && (!http1 || ctx.req().getHeader("Transfer-Encoding") != null));
    }

    /** The body, or no bytes. */
    private CompletableFuture<byte[]> json(@Nullable String type) {
        if (!hasBody()) {
            return CompletableFuture.completedFuture(new byte[0]);
        }
        String encoding = ctx.req().getHeader("Content-Encoding");
        boolean plain = encoding == null || encoding.equalsIgnoreCase("identity");
        boolean json = MediaTypes.isJson(type) && MediaTypes.isUtf8(type) && plain;
        int limit = server.settings().bodyLimit();
        if (Request.getContentBytesRead(request) > 0) { // the application has read it, and Javalin keeps it
            byte[] body = ctx.bodyAsBytes();
            if (body.length > limit) {
                throw Upload.tooLarge(limit).toException();
            }
            return CompletableFuture.completedFuture(ofJson(json, body));
        }
        if (!json && request.getLength() > 0) {
            throw notJson();
        }
        return JsonBody.read(request, limit).thenApply(body -> ofJson(json, body));
    }

    private static byte[] ofJson(boolean json, byte[] body) {
        if (!json && body.length > 0) {
            throw notJson();
        }
        return body;
    }

    private static ProblemException notJson() {
        return unsupported("The body must be application/json in UTF-8 without a Content-Encoding.");
    }

    private static ProblemException unsupported(String why) {
        return StandardError.UNSUPPORTED_MEDIA_TYPE.problem().detail(why).toException();
    }

    private Payload merged(RestRoute rest, byte[] body) {
        if (body.length > 0 && !rest.hasBody()) {
            throw StandardError.BAD_REQUEST
                    .problem()
                    .detail("A request of this method has no body here.")
                    .toException();
        }
        JsonNode tree = body.length == 0
                ? MissingNode.getInstance()
                : Payload.ofJson(body).tree(server.commands().mapper());
        return Payload.of(rest.input(ctx, tree));
    }

    /** The input beside a stream: a part of a form, else a header, else a parameter of the query. */
    private Payload beside(@Nullable RestRoute rest, byte @Nullable [] part) {
        if (rest != null) {
            return merged(rest, part == null || !rest.hasBody() ? new byte[0] : part);
        }
        if (part != null && part.length > 0) {
            return Payload.ofJson(part);
        }
        String header = ctx.req().getHeader(HttpCommands.INPUT);
        String text = header == null ? ctx.queryParam(FormParts.INPUT) : header;
        byte[] json = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        if (json.length > server.settings().bodyLimit()) {
            throw Upload.tooLarge(server.settings().bodyLimit()).toException();
        }
        return Payload.ofJson(json);
    }

    private CompletableFuture<Taken> form(String type, @Nullable RestRoute rest) {
        String boundary = MultiPart.extractBoundary(type);
        if (boundary == null || boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
            throw StandardError.BAD_REQUEST
                    .problem()
                    .detail("The Content-Type of a form needs a boundary of 1 to 70 characters.")
                    .toException();
        }
        HttpSettings settings = server.settings();
        if (request.getLength() > settings.contentLimit()) {
            throw Upload.tooLarge(settings.contentLimit()).toException();
        }
        return FormReader.read(request, new FormParts(boundary, settings.bodyLimit()), settings.contentLimit())
                .thenApply(head -> {
                    FormParts parts = head.parts();
                    Payload input = beside(rest, parts.input());
                    if (!parts.isFileSeen()) {
                        Disconnects.watch(request, token);
                        return new Taken(input, null);
                    }
                    Upload stream = upload(parts);
                    stream.begin(head.begun(), head.bytes(), head.last());
                    if (head.last()) {
                        Disconnects.watch(request, token);
                    }
                    return new Taken(input, content(stream, null, parts.fileType(), parts.fileName()));
                });
    }

    private Upload upload(Upload.Parts parts) {
        Upload stream = new Upload(
                request,
                parts,
                server.settings().contentLimit(),
                () -> Disconnects.watch(request, token),
                token::cancel);
        upload = stream;
        return stream;
    }

    private static Content content(Upload stream, @Nullable Long length, @Nullable String type, @Nullable String name) {
        String known = Disposition.usable(type);
        return new Content(stream, length, known == null ? Content.BYTES : known, Disposition.usable(name));
    }
}
