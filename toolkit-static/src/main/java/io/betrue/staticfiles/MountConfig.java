package io.betrue.staticfiles;

import io.javalin.security.RouteRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen about one mount.
 *
 * <p>It is used while the plugin is built and then forgotten. Not safe for use by multiple threads.
 */
public final class MountConfig {
    private static final Pattern PREFIX = Pattern.compile("/|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    private final String prefix;
    private final StaticRoot root;
    private final Set<RouteRole> roles = new HashSet<>();
    private final List<HeaderRule> presets = new ArrayList<>();
    private final List<HeaderRule> headers = new ArrayList<>();
    private List<String> index = List.of("index.html", "index.htm");
    private FileVersion fileVersion = FileVersion.FINGERPRINT;
    private @Nullable String fallback;
    private @Nullable FingerprintSettings fingerprints;
    private boolean front;
    private boolean ignoreCase;
    private boolean hidden;
    private boolean errorPages;
    private boolean compress = true;

    MountConfig(String prefix, StaticRoot root) {
        this.prefix = prefix;
        this.root = Objects.requireNonNull(root);
    }

    /**
     * Lets Jetty answer before Javalin sees the request. It is faster, and Javalin's before and after handlers, request loggers and roles do
     * not apply to these files: leave it out where they guard something.
     *
     * @return this configuration
     */
    public MountConfig inFront() {
        front = true;
        return this;
    }

    /**
     * Gives the files roles, as a route has them: {@code ctx.routeRoles()} of a {@code beforeMatched} handler names them.
     *
     * @param allowed the roles; none means that the files have no roles
     * @return this configuration
     */
    public MountConfig roles(RouteRole... allowed) {
        roles.addAll(List.of(allowed));
        return this;
    }

    /**
     * Finds files whatever the case of the request: {@code /Logo.PNG} finds {@code logo.png}. Two files that differ only by case are then refused.
     *
     * @return this configuration
     */
    public MountConfig ignoreCase() {
        ignoreCase = true;
        return this;
    }

    /**
     * Serves hidden files too: those with a name, or below a directory with a name, that starts with a dot. Without it only {@code .well-known} is.
     *
     * @return this configuration
     */
    public MountConfig withHiddenFiles() {
        hidden = true;
        return this;
    }

    /**
     * Sets the files that answer for their directory, the first that exists; the default is {@code index.html}, {@code index.htm}.
     *
     * @param names file names; none means that directories have no page
     * @return this configuration
     */
    public MountConfig index(String... names) {
        index = List.of(names);
        return this;
    }

    /**
     * Answers with this file where a browser asks for a page that is not there, as single-page applications need it: a GET or HEAD that accepts
     * {@code text/html}, of a path without a dot in its last segment, that no route and no file answers.
     *
     * @param file the file, relative to the root: {@code index.html}
     * @return this configuration
     */
    public MountConfig spaFallback(String file) {
        fallback = Objects.requireNonNull(file);
        return this;
    }

    /**
     * Answers browsers whose page is not there with the nearest {@code 404.html}, from the page's directory upwards to the root.
     *
     * @return this configuration
     */
    public MountConfig errorPages() {
        errorPages = true;
        return this;
    }

    /**
     * Compresses nothing at load; side files ({@code .br}, {@code .zst}, {@code .gz}) are still used.
     *
     * @return this configuration
     */
    public MountConfig withoutCompression() {
        compress = false;
        return this;
    }

    /**
     * Sets what <code>{{ file('…') }}</code> of a template adds when the call does not say; the default is {@link FileVersion#FINGERPRINT}.
     *
     * @param version what is added
     * @return this configuration
     */
    public MountConfig fileVersion(FileVersion version) {
        fileVersion = Objects.requireNonNull(version);
        return this;
    }

    /**
     * Serves {@code app.css} also as {@code app-<hash>.css}, to be kept by browsers for a year, with the default choices.
     *
     * @return this configuration
     */
    public MountConfig fingerprints() {
        return fingerprints(prints -> {});
    }

    /**
     * Serves {@code app.css} also as {@code app-<hash>.css}, to be kept by browsers for a year.
     *
     * @param config sets what differs from the defaults; called once, at once
     * @return this configuration
     */
    public MountConfig fingerprints(Consumer<FingerprintConfig> config) {
        FingerprintConfig chosen = new FingerprintConfig();
        config.accept(chosen);
        fingerprints = chosen.settings();
        return this;
    }

    /**
     * Sets {@code Cache-Control} by pattern; the default is {@code no-cache}, and a year for fingerprinted names. See {@link #header}.
     *
     * @param pattern the files
     * @param value the field's value: {@code public, max-age=3600}
     * @return this configuration
     * @throws IllegalArgumentException if the pattern or the value is malformed
     */
    public MountConfig cacheControl(String pattern, String value) {
        return header(pattern, "Cache-Control", value);
    }

    /**
     * Sets a header field by pattern; of several patterns that fit, the last one counts.
     *
     * @param pattern without a slash a file name anywhere ({@code *.html}), else a path below the mount: {@code /img/**}, {@code /a/*.js}
     * @param name the field's name; those that follow from the content, such as {@code Content-Length} or {@code ETag}, cannot be set
     * @param value the field's value, or {@code null} to leave the field out
     * @return this configuration
     * @throws IllegalArgumentException if the pattern, the name or the value is malformed
     */
    public MountConfig header(String pattern, String name, @Nullable String value) {
        headers.add(new HeaderRule(pattern, name, value));
        return this;
    }

    /**
     * Adds a preset of security headers; {@link #header} can change single fields of it. {@code X-Content-Type-Options: nosniff} is always sent.
     *
     * @param preset the preset
     * @return this configuration
     */
    public MountConfig securityHeaders(SecurityHeaders preset) {
        presets.addAll(preset.rules());
        return this;
    }

    void check() {
        if (front && !roles.isEmpty()) {
            throw new IllegalArgumentException("mount \"" + (prefix.isEmpty() ? "/" : prefix)
                    + "\" has roles, which nobody checks in front of Javalin; leave out inFront() or the roles");
        }
    }

    MountSettings settings(String contextPath) {
        List<HeaderRule> rules = new ArrayList<>(presets);
        rules.addAll(headers);
        return new MountSettings(
                (contextPath.equals("/") ? "" : contextPath) + prefix,
                root,
                front,
                roles,
                ignoreCase,
                hidden,
                index,
                fallback,
                errorPages,
                compress,
                fileVersion,
                fingerprints,
                rules);
    }

    /** {@return a prefix without the slash at its end: empty for {@code /}} */
    static String prefix(String path) {
        if (!PREFIX.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "path \"" + path
                            + "\" of the static files must be / or look like /docs: a slash, then letters, digits or ._~-, no slash at its end");
        }
        return path.equals("/") ? "" : path;
    }
}
