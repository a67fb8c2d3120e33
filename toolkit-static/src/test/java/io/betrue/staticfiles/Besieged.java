package io.betrue.staticfiles;

import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A small site with secrets all around it: in the directory above, beside it, behind symbolic links and in hidden files. */
final class Besieged implements AutoCloseable {
    /** What each file contains that nobody may read, and its name. */
    static final String SECRET = "outside-7f3a";

    /** Targets that name files: their answers must never change. */
    private static final String[] GOOD = {
        "/",
        "/a.txt",
        "/%61.txt",
        "/big.txt",
        "/dir/",
        "/dir",
        "/dir?x=%2e%2e",
        "//dir",
        "/dir/index.html",
        "/foo/bar/index.html",
        "/foo/index.html",
        "/b%20c.txt",
        "/100%25.txt",
        "/%D0%BF%D1%80.txt",
        "/x%3By.txt",
        "/.well-known/x",
        "/missing.css"
    };

    private final Javalin app;

    private Besieged(Javalin app) {
        this.app = app;
    }

    /** Serves the site from in front of Javalin's pipeline, or inside it. */
    static Besieged serve(Path site, boolean front) {
        Consumer<MountConfig> entry = front ? MountConfig::inFront : mount -> {};
        return new Besieged(Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.registerPlugin(new StaticFilesPlugin(files ->
                            files.mount("/", StaticRoot.directory(site), entry.andThen(MountConfig::errorPages))));
                })
                .start(0));
    }

    /** Builds the site below a directory. */
    static Path build(Path above) {
        Path site = above.resolve("static");
        file(site.resolve("index.html"), "<h1>start</h1>");
        file(site.resolve("404.html"), "<h1>not here</h1>");
        file(site.resolve("a.txt"), "a".repeat(1000));
        file(site.resolve("big.txt"), "big".repeat(20_000));
        file(site.resolve("dir/index.html"), "<h1>dir</h1>");
        file(site.resolve("foo/index.html"), "<h1>foo</h1>");
        file(site.resolve("foo/bar/index.html"), "<h1>bar</h1>");
        file(site.resolve("b c.txt"), "b c");
        file(site.resolve("100%.txt"), "100%");
        file(site.resolve("пр.txt"), "пр");
        file(site.resolve("x;y.txt"), "x;y");
        file(site.resolve(".well-known/x"), "known");
        for (String hidden : new String[] {".git/config", ".env", "dir/.htpasswd", "foo/.well-known/x"}) {
            file(site.resolve(hidden), SECRET);
        }
        for (String outside : new String[] {
            "secret.txt", "index.html", "a.bak", "static2/secret.txt", "static.bak/secret.txt", "WEB-INF/web.xml"
        }) {
            file(above.resolve(outside), SECRET);
        }
        link(site.resolve("link.txt"), above.resolve("secret.txt"));
        link(site.resolve("relative.txt"), Path.of("../secret.txt"));
        link(site.resolve("up"), above);
        link(site.resolve("sibling"), above.resolve("static2"));
        return site;
    }

    private static void file(Path path, String content) {
        try {
            Files.createDirectories(path.getParent());
            Files.write(path, content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return app.port();
    }

    Answer get(String target, String... fields) {
        return RawHttp.get(port(), target, fields);
    }

    /** {@return what the site answers to good requests, by request} */
    Map<String, String> goodAnswers() {
        Map<String, String> answers = new TreeMap<>();
        for (String target : GOOD) {
            for (String field :
                    new String[] {"X-None: 0", "Accept: text/html", "Accept-Encoding: gzip", "Range: bytes=1-2"}) {
                answers.put(target + " " + field, lasting(get(target, field)));
            }
        }
        return answers;
    }

    /** {@return all of an answer that does not change from one to the next} */
    static String lasting(Answer answer) {
        return answer.status() + " " + answer.fields() + "\n" + answer.body();
    }

    @Override
    public void close() {
        app.stop();
    }
}
