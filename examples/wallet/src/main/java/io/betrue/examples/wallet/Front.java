package io.betrue.examples.wallet;

import io.betrue.staticfiles.SecurityHeaders;
import io.betrue.staticfiles.StaticFilesPlugin;
import io.betrue.staticfiles.StaticRoot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages for people: files of the jar, or of a folder while somebody works on them. */
final class Front {
    private Front() {}

    /**
     * {@return the pages}
     *
     * @param directory a folder in place of the files of the jar, which is watched
     * @param api where commands are
     * @param sockets where WebSockets are
     * @param options what else they know of
     */
    static StaticFilesPlugin plugin(Optional<Path> directory, String api, String sockets, DoorsOptions options) {
        StaticRoot root = directory.map(StaticRoot::directory).orElseGet(() -> StaticRoot.classpath("web"));
        return new StaticFilesPlugin(files -> {
            files.value("title", "be-true wallet")
                    .value("api", api)
                    .value("sockets", sockets)
                    .value("gateways", String.join(" ", options.gateways()))
                    .value("jobs", options.jobsPage().orElse(""));
            files.mount(
                    "/",
                    root,
                    mount -> mount.inFront()
                            .fingerprints(prints -> prints.rewriteCss())
                            .errorPages()
                            .securityHeaders(SecurityHeaders.STRICT)
                            .header("*.html", "Content-Security-Policy", policy(options.gateways())));
            directory.ifPresent(watched -> files.watch());
        });
    }

    /** As {@link SecurityHeaders#STRICT} has it, and pictures that a page has fetched with its token, and the other gateways. */
    private static String policy(List<String> gateways) {
        String doors = gateways.stream()
                .flatMap(origin -> Stream.of(origin, origin.replaceFirst("^http", "ws")))
                .map(origin -> " " + origin)
                .collect(Collectors.joining());
        return "default-src 'self'; img-src 'self' blob:; connect-src 'self'" + doors
                + "; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
    }
}
