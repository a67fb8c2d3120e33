package io.betrue.staticfiles;

import java.util.List;
import java.util.Set;

/** What can be chosen about one mount. Not safe for use by multiple threads. */
public final class MountConfig {
    private final String prefix;
    private final StaticRoot root;
    private boolean front;

    MountConfig(String prefix, StaticRoot root) {
        this.prefix = prefix;
        this.root = root;
    }

    /**
     * Lets Jetty answer before Javalin sees the request: faster, and Javalin's before and after handlers and roles do not apply to these files.
     *
     * @return this configuration
     */
    public MountConfig inFront() {
        front = true;
        return this;
    }

    MountSettings settings(String contextPath) {
        String whole = (contextPath.equals("/") ? "" : contextPath) + (prefix.equals("/") ? "" : prefix);
        return new MountSettings(
                whole,
                root,
                front,
                Set.of(),
                false,
                false,
                List.of("index.html", "index.htm"),
                null,
                false,
                true,
                FileVersion.FINGERPRINT,
                null,
                List.of());
    }
}
