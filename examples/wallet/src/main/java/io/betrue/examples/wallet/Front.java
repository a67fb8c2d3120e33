package io.betrue.examples.wallet;

import io.betrue.staticfiles.SecurityHeaders;
import io.betrue.staticfiles.StaticFilesPlugin;
import io.betrue.staticfiles.StaticRoot;
import java.nio.file.Path;
import java.util.Optional;

/** The pages for people: files of the jar, or of a folder while somebody works on them. */
final class Front {
    private Front() {}

    static StaticFilesPlugin plugin(Optional<Path> directory) {
        StaticRoot root = directory.map(StaticRoot::directory).orElseGet(() -> StaticRoot.classpath("web"));
        return new StaticFilesPlugin(files -> {
            files.value("title", "be-true wallet").value("api", "/api");
            files.mount(
                    "/",
                    root,
                    mount -> mount.inFront()
                            .fingerprints(prints -> prints.rewriteCss())
                            .errorPages()
                            .securityHeaders(SecurityHeaders.STRICT));
            directory.ifPresent(watched -> files.watch());
        });
    }
}
