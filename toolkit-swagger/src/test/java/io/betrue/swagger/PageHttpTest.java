package io.betrue.swagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.http.ForbiddenResponse;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageHttpTest {
    enum Role implements RouteRole {
        ADMIN
    }

    @ParameterizedTest
    @EnumSource(Viewer.class)
    void everyFileOfThePageIsBesideIt(Viewer viewer) {
        try (Served served = Served.start(config -> {
            config.router.contextPath = "/shop";
            config.registerPlugin(new SwaggerPlugin(s -> s.path("/meta/docs").viewer(viewer)));
        })) {
            HttpResponse<String> redirect = served.get("/shop/meta/docs");
            assertThat(redirect.statusCode()).isEqualTo(302);
            assertThat(redirect.headers().firstValue("Location")).contains("docs/");
            HttpResponse<String> page = served.get("/shop/meta/docs/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .contains("default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            List<String> addresses = addresses(page.body());
            assertThat(addresses)
                    .hasSizeGreaterThan(4)
                    .noneMatch(address -> address.contains(":") || address.startsWith("/"));
            for (String address : addresses) {
                URI at = URI.create("/shop/meta/docs/").resolve(address);
                HttpResponse<String> file = served.get(at.toString());
                assertThat(file.statusCode()).as(address).isEqualTo(200);
                if (!address.startsWith("..")) {
                    assertThat(file.headers().firstValue("Cache-Control"))
                            .contains("public, max-age=31536000, immutable");
                }
            }
            assertThat(served.get("/shop/meta/docs/other.js").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void noImageIsWrittenIntoAStyleSheet() {
        try (Served served = Served.start(config -> config.registerPlugin(new SwaggerPlugin(s -> s.path("/docs"))))) {
            String sheet = addresses(served.get("/docs/").body()).stream()
                    .filter(address -> address.startsWith("swagger-ui.") && address.endsWith(".css"))
                    .findFirst()
                    .orElseThrow();
            String css = served.get("/docs/" + sheet).body();
            assertThat(css).doesNotContain("data:image").doesNotContain("sourceMappingURL");
            Matcher image =
                    Pattern.compile("url\\((image\\.[0-9a-f]+\\.[a-z]+)\\)").matcher(css);
            int images = 0;
            while (image.find()) {
                HttpResponse<String> file = served.get("/docs/" + image.group(1));
                assertThat(file.statusCode()).isEqualTo(200);
                if (image.group(1).endsWith(".svg")) {
                    assertThat(file.body())
                            .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                            .endsWith("</svg>");
                }
                images++;
            }
            assertThat(images).isGreaterThan(20);
        }
    }

    @Test
    void theTitleIsEscaped() {
        try (Served served = Served.start(config -> config.registerPlugin(new SwaggerPlugin(
                s -> s.title("</title><script>alert('x')</script>\" & \"").path("/docs"))))) {
            assertThat(served.get("/docs/").body())
                    .contains(
                            "<title>&lt;/title&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; &amp; &quot;</title>")
                    .doesNotContain("<script>");
        }
    }

    @Test
    void thePageAndItsFilesHaveTheRolesOfAnyRoute() {
        try (Served served = Served.start(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.path("/docs").roles(Role.ADMIN)));
            config.routes.beforeMatched(ctx -> {
                if (ctx.routeRoles().contains(Role.ADMIN) && !"yes".equals(ctx.header("Admin"))) {
                    throw new ForbiddenResponse();
                }
            });
        })) {
            assertThat(served.get("/docs").statusCode()).isEqualTo(403);
            assertThat(served.get("/docs/").statusCode()).isEqualTo(403);
            String page = served.get("/docs/", "Admin", "yes").body();
            String file = addresses(page).get(0);
            assertThat(served.get("/docs/" + file).statusCode()).isEqualTo(403);
            assertThat(served.get("/docs/" + file, "Admin", "yes").headers().firstValue("Cache-Control"))
                    .contains("private, max-age=31536000, immutable");
        }
    }

    @Test
    void thePageWorksWhereSlashesCount() {
        try (Served served = Served.start(config -> {
            config.router.ignoreTrailingSlashes = false;
            config.registerPlugin(new SwaggerPlugin(s -> s.path("/docs")));
        })) {
            assertThat(served.get("/docs").statusCode()).isEqualTo(302);
            assertThat(served.get("/docs/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void thePolicyOfTheApplicationStays() {
        try (Served served = Served.start(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.path("/docs")));
            config.routes.before(ctx -> ctx.header("Content-Security-Policy", "default-src 'self'"));
        })) {
            assertThat(served.get("/docs/").headers().allValues("Content-Security-Policy"))
                    .containsExactly("default-src 'self'");
        }
    }

    @Test
    void onlyTheAddressesOfTheDocumentMayBeCalled() {
        assertThat(PageRoutes.policy(List.of("https://shop.example/api", "/relative", "https://shop.example/v2")))
                .startsWith("default-src 'self'; connect-src 'self' https://shop.example; ");
    }

    @Test
    void aMissingWebJarIsNamedWithWhatToPaste() {
        assertThatThrownBy(() -> WebJar.find("org.webjars", "no-such-viewer", "1.2.3"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("<artifactId>no-such-viewer</artifactId>\n  <version>1.2.3</version>");
    }

    @Test
    void imagesOfAStyleSheetAreReadAsTheyAreWritten() {
        PageAssets assets = new PageAssets();
        String css = DataImages.extract("a{b:url(\"data:image/svg+xml,<svg>1+%31</svg>\")}c{d:url(e.png)}", assets);
        PageAssets.Asset image = assets.byName().values().iterator().next();
        assertThat(css).isEqualTo("a{b:url(" + image.name() + ")}c{d:url(e.png)}");
        assertThat(new String(image.content().bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("<svg>1+1</svg>");
    }

    @Test
    void filesAreNamedByWhatIsInThem() {
        PageAssets assets = new PageAssets();
        String one = assets.add("viewer.js", new byte[] {1});
        assertThat(one).matches("viewer\\.[0-9a-f]{16}\\.js").isEqualTo(assets.add("viewer.js", new byte[] {1}));
        assertThat(assets.add("viewer.js", new byte[] {2})).isNotEqualTo(one);
    }

    @Test
    void whatAWebJarLacksOrHasTooMuchOfIsSaid(@TempDir Path folder) throws IOException {
        Path properties = folder.resolve("META-INF/maven/org.webjars/big/pom.properties");
        Files.createDirectories(properties.getParent());
        Files.writeString(properties, "version=1.0");
        Path files = Files.createDirectories(folder.resolve("META-INF/resources/webjars/big/1.0"));
        Files.write(files.resolve("big.js"), new byte[16 * 1024 * 1024 + 1]);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader jar = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(jar);
            WebJar big = WebJar.find("org.webjars", "big", "0.9");
            assertThatThrownBy(() -> big.read("big.js")).hasMessageContaining("more than 16777216 bytes");
            assertThatThrownBy(() -> big.read("small.js")).hasMessageContaining("org.webjars:big:1.0 has no small.js");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void pathsThatCannotBeServedAreRefused() {
        for (String path : List.of("docs", "/docs/", "/", "/a/../b", "/{docs}", "/a b")) {
            assertThatIllegalArgumentException().as(path).isThrownBy(() -> new SwaggerPlugin(s -> s.path(path)));
        }
    }

    private static List<String> addresses(String html) {
        List<String> addresses = new ArrayList<>();
        Matcher matcher =
                Pattern.compile("(?:href|src|data-document)=\"([^\"]*)\"").matcher(html);
        while (matcher.find()) {
            addresses.add(matcher.group(1));
        }
        return addresses;
    }
}
