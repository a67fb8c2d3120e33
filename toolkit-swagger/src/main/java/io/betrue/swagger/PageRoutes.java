package io.betrue.swagger;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.net.URI;
import java.util.List;
import java.util.TreeSet;

/** Answers for the page and its files. All addresses in it are relative, so that it works under any prefix. */
final class PageRoutes {
    private static final String FOR_GOOD = "max-age=31536000, immutable";

    private final Settings settings;
    private final Settings.Page where;
    private final Page page;

    PageRoutes(Settings settings, Settings.Page where) {
        this.settings = settings;
        this.where = where;
        this.page = Page.of(settings, where);
    }

    void page(Context ctx) {
        if (!ctx.path().endsWith("/")) {
            String path = where.path();
            ctx.status(HttpStatus.FOUND).header(Header.LOCATION, path.substring(path.lastIndexOf('/') + 1) + "/");
            return;
        }
        if (ctx.res().getHeader(Header.CONTENT_SECURITY_POLICY) == null) {
            ctx.header(Header.CONTENT_SECURITY_POLICY, policy(settings.servers()));
        }
        ctx.header(Header.REFERRER_POLICY, "no-referrer");
        Delivery.send(ctx, page.html(), "text/html; charset=utf-8", "no-cache");
    }

    void file(Context ctx) {
        PageAssets.Asset asset = page.assets().get(ctx.pathParam("file"));
        if (asset == null) {
            throw new NotFoundResponse("the page has no such file");
        }
        String caching = (settings.roles().isEmpty() ? "public, " : "private, ") + FOR_GOOD;
        Delivery.send(ctx, asset.content(), asset.mediaType(), caching);
    }

    /** Nothing from elsewhere, and calls only to the addresses that the document names. */
    static String policy(List<String> servers) {
        TreeSet<String> origins = new TreeSet<>();
        for (String server : servers) {
            URI address = URI.create(server);
            if (address.getHost() != null) {
                origins.add(address.getScheme() + "://" + address.getRawAuthority());
            }
        }
        String calls = origins.isEmpty() ? "" : "; connect-src 'self' " + String.join(" ", origins);
        return "default-src 'self'" + calls + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }
}
