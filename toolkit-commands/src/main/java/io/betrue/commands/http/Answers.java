package io.betrue.commands.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Content;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Writes replies. */
final class Answers {
    /** The output beside a stream. */
    static final String OUTPUT = HttpTarget.OUTPUT;

    private static final int MAX_OUTPUT = 6_000;

    /** What only the server says. */
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "keep-alive",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Answers() {}

    static void write(Context ctx, Reply<Payload> reply, ObjectMapper mapper) {
        Content content = reply.content();
        byte[] output = reply.result().bytes(mapper);
        String beside = content == null ? "" : AsciiJson.of(output);
        if (beside.length() > MAX_OUTPUT) {
            throw new IllegalStateException("the output beside a content must have at most " + MAX_OUTPUT
                    + " characters, since it is a header; it had " + beside.length());
        }
        ctx.res().setCharacterEncoding(null); // Javalin's own, which JSON has not
        ctx.status(reply.status());
        reply.headers().toMap().forEach((name, value) -> {
            if (!OURS.contains(name)) {
                ctx.header(name, Latin.written(value));
            }
        });
        if (content != null) {
            ctx.header(OUTPUT, beside);
            stream(ctx, content);
        } else {
            ctx.contentType(MediaTypes.JSON).result(new ByteArrayInputStream(output));
        }
    }

    private static void stream(Context ctx, Content content) {
        ctx.contentType(content.mediaType());
        ctx.header("X-Content-Type-Options", "nosniff");
        if (content.fileName() != null) {
            ctx.header("Content-Disposition", Disposition.attachment(content.fileName()));
        }
        if (content.length() != null) {
            ctx.res().setContentLengthLong(content.length());
        }
        ctx.disableCompression();
        ctx.result(new Download(
                content.stream(), content.length(), ServletContextRequest.getServletContextRequest(ctx.req())));
    }
}
