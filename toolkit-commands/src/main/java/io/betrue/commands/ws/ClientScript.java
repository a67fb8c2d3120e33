package io.betrue.commands.ws;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The client for browsers, as a file to import. */
final class ClientScript {
    private static final String NAME = "betrue-commands.js";
    private static final int ETAG_BYTES = 12;

    private final byte[] bytes;
    private final String etag;

    ClientScript() {
        try (InputStream in = ClientScript.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new IllegalStateException(NAME + " is not in the jar of toolkit-commands");
            }
            bytes = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            etag = '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, ETAG_BYTES)) + '"';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void serve(Context ctx) {
        ctx.header("ETag", etag).header("Cache-Control", "no-cache").header("X-Content-Type-Options", "nosniff");
        if (isKnown(ctx.header("If-None-Match"))) {
            ctx.status(304);
        } else {
            ctx.contentType("text/javascript; charset=utf-8").result(bytes);
        }
    }

    /** RFC 9110, section 13.1.2: a list of tags, compared weakly. */
    private boolean isKnown(@Nullable String tags) {
        return tags != null
                && Arrays.stream(tags.split(",", -1))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
    }
}
