package io.betrue.swagger;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The page for people: some HTML of ours around the files of a viewer. No script or style stands in the HTML itself. */
final class Page {
    private final PageAssets assets = new PageAssets();
    private final Rendering html;

    private Page(Settings settings, Settings.Page page) {
        String up = "../".repeat(page.path().split("/", -1).length - 1);
        String document = up + settings.documents().substring(1) + DocumentForm.JSON_31.suffix();
        String body = page.viewer() == Viewer.REDOC ? redoc() : swaggerUi();
        html = Rendering.of(
                """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                %s</head>
                <body>
                <noscript>This page needs JavaScript; the document itself is <a href="%s">here</a>.</noscript>
                <div id="viewer" data-document="%s"></div>
                %s</body>
                </html>
                """.formatted(escape(settings.title()), head(page.viewer()), escape(document), escape(document), body)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the files of the viewer.
     *
     * @throws IllegalStateException if its web jar is missing
     */
    static Page of(Settings settings, Settings.Page page) {
        return new Page(settings, page);
    }

    Rendering html() {
        return html;
    }

    Map<String, PageAssets.Asset> assets() {
        return assets.byName();
    }

    private String head(Viewer viewer) {
        String own = link("stylesheet", assets.addOwn("viewer.css"));
        if (viewer == Viewer.REDOC) {
            return link("icon", assets.addOwn("icon.svg")) + own;
        }
        WebJar jar = swaggerUiJar();
        String css = new String(jar.read("swagger-ui.css"), StandardCharsets.UTF_8)
                .replaceFirst("/\\*# sourceMappingURL.*?\\*/", "");
        String sheet =
                assets.add("swagger-ui.css", DataImages.extract(css, assets).getBytes(StandardCharsets.UTF_8));
        return link("icon", assets.add("favicon.png", jar.read("favicon-32x32.png"))) + link("stylesheet", sheet) + own;
    }

    private String swaggerUi() {
        return script(assets.add("swagger-ui.js", swaggerUiJar().read("swagger-ui-bundle.js")))
                + script(assets.addOwn("start-swagger-ui.js"));
    }

    private String redoc() {
        WebJar jar = WebJar.find("org.webjars.npm", "redoc", "2.1.4");
        // its footer would fetch a picture from another host
        String code = new String(jar.read("bundles/redoc.standalone.js"), StandardCharsets.UTF_8)
                .replaceAll("https://cdn\\.redoc\\.ly/[a-z/-]+\\.svg", assets.addOwn("icon.svg"));
        return script(assets.addOwn("sheets.js"))
                + script(assets.add("redoc.js", code.getBytes(StandardCharsets.UTF_8)))
                + script(assets.addOwn("start-redoc.js"));
    }

    private static WebJar swaggerUiJar() {
        return WebJar.find("org.webjars", "swagger-ui", "5.34.1");
    }

    private static String link(String relation, String name) {
        return "<link rel=\"" + relation + "\" href=\"" + name + "\">\n";
    }

    private static String script(String name) {
        return "<script src=\"" + name + "\"></script>\n";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
