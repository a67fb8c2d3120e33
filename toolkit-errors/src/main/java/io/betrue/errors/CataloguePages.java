package io.betrue.errors;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/** Shows the catalogue, so that the type URI of a problem leads to its description. */
final class CataloguePages {
    private final ErrorCatalogue catalogue;

    CataloguePages(ErrorCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    void list(Context ctx) {
        AcceptHeader accept = AcceptHeader.of(ctx.header("Accept"));
        if (accept.prefersHtml()) {
            html(ctx, catalogue.toHtml());
        } else if (accept.prefersMarkdown()) {
            send(ctx, "text/markdown;charset=utf-8", catalogue.toMarkdown());
        } else {
            send(ctx, "application/json", catalogue.toJson());
        }
    }

    void one(Context ctx) {
        String name = ctx.pathParam("code");
        ErrorCode code = catalogue
                .find(name)
                .orElseThrow(() -> StandardError.NOT_FOUND
                        .problem()
                        .detail("There is no error of that code here.")
                        .toException());
        AcceptHeader accept = AcceptHeader.of(ctx.header("Accept"));
        if (accept.prefersHtml()) {
            html(ctx, catalogue.toHtml(code));
        } else {
            byte[] json = ProblemWriter.write(CatalogueTexts.json(catalogue, code), true);
            send(ctx, "application/json", new String(json, StandardCharsets.UTF_8));
        }
    }

    private static void html(Context ctx, String page) {
        ctx.header("Content-Security-Policy", ProblemPage.CONTENT_SECURITY_POLICY);
        send(ctx, "text/html;charset=utf-8", page);
    }

    private static void send(Context ctx, String type, String body) {
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Vary", "Accept");
        ctx.header("Cache-Control", "public, max-age=300");
        ctx.contentType(type).result(body);
    }
}
