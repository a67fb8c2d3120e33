package io.betrue.jobs.dashboard;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The files of the page, from the jar. */
final class Page {
    private static final String POLICY =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "page.css", "text/css; charset=utf-8",
            "page.js", "text/javascript; charset=utf-8",
            "parts.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final String name;
    private final String html;

    Page(String path, boolean readOnly) {
        name = path.substring(path.lastIndexOf('/') + 1); // relative addresses: they hold behind any prefix
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
        if (ctx.path().endsWith("/")) {
            ctx.redirect("../" + name); // where Javalin ignores the slash, relative addresses do not
        } else {
            send(ctx, "text/html; charset=utf-8", html);
        }
    }

    /** {@return what the page loads, by name} */
    static Map<String, Handler> files() {
        Map<String, Handler> files = new TreeMap<>();
        TYPES.forEach((file, type) -> {
            String text = read(file);
            files.put(file, ctx -> send(ctx, type, text));
        });
        return files;
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
