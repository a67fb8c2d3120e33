package io.betrue.swagger;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Answers with bytes that are asked for again only when they have changed. */
final class Delivery {
    private Delivery() {}

    static void send(Context ctx, Rendering rendering, String mediaType, String caching) {
        ctx.header(Header.ETAG, rendering.tag());
        ctx.header(Header.CACHE_CONTROL, caching);
        ctx.header(Header.X_CONTENT_TYPE_OPTIONS, "nosniff");
        if (isKnown(ctx.header(Header.IF_NONE_MATCH), rendering.tag())) {
            ctx.status(HttpStatus.NOT_MODIFIED);
            return;
        }
        ctx.contentType(mediaType).result(rendering.bytes());
    }

    /** Whether a client has these bytes already (RFC 9110, section 13.1.2: compared weakly). */
    private static boolean isKnown(@Nullable String header, String tag) {
        if (header == null || header.length() > 10_000) {
            return false;
        }
        String opaque = tag.substring("W/".length());
        for (String one : header.split(",", -1)) {
            String candidate = one.strip();
            if (candidate.equals("*") || candidate.equals(tag) || candidate.equals(opaque)) {
                return true;
            }
        }
        return false;
    }
}
