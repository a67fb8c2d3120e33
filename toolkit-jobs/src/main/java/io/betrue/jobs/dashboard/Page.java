package io.betrue.jobs.dashboard;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The three files of the page, from the jar. */
final class Page {
    private static final String POLICY =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private final String html;
    private final String css = read("page.css");
    private final String script = read("page.js");

    Page(String path, boolean readOnly) {
        String name = path.substring(path.lastIndexOf('/') + 1); // relative addresses: they hold behind any prefix
        html = read("page.html").replace("${name}", name).replace("${readonly}", Boolean.toString(readOnly));
    }

    private static String read(String file) {
        try (InputStream in = Page.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar of toolkit-jobs lacks " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void html(Context ctx) {
        send(ctx, "text/html; charset=utf-8", html);
    }

    void css(Context ctx) {
        send(ctx, "text/css; charset=utf-8", css);
    }

    void script(Context ctx) {
        send(ctx, "text/javascript; charset=utf-8", script);
    }

    private static void send(Context ctx, String type, String text) {
        ctx.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-cache")
                .contentType(type)
                .result(text);
    }
}
