package io.betrue.staticfiles;

import io.javalin.security.RouteRole;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What stands at one path. Immutable, safe for use by multiple threads. */
sealed interface Entry {
    /** {@return the settings of the mount it belongs to} */
    MountSettings mount();

    /**
     * A file.
     *
     * @param path the decoded path, with the context path and the prefix: {@code /docs/a b.html}
     * @param modified the time for Last-Modified, in whole seconds
     * @param identity the bytes as they are
     * @param encoded the other encodings, the smallest first; empty when there is none
     */
    record Resource(
            MountSettings mount, String path, Instant modified, Representation identity, List<Representation> encoded)
            implements Entry {}

    /**
     * A directory without its slash.
     *
     * @param location the path with the slash, percent-encoded, starting with exactly one slash
     */
    record Redirect(MountSettings mount, String location) implements Entry {}

    /** {@return who may see it inside the pipeline} */
    default Set<RouteRole> roles() {
        return mount().roles();
    }
}
