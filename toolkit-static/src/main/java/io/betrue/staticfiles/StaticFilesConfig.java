package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen about {@link StaticFilesPlugin}.
 *
 * <p>It is used while the plugin is built and then forgotten. Not safe for use by multiple threads.
 */
public final class StaticFilesConfig {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");

    private final List<MountConfig> mounts = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, TemplateFunction> functions = new HashMap<>();
    private long memoryFileLimit = 1 << 20;
    private long memoryBudget = 256L << 20;
    private @Nullable WatchSettings watch;
    private @Nullable String liveReload;

    StaticFilesConfig() {}

    /**
     * Serves a root below a prefix, inside Javalin's pipeline.
     *
     * @param prefix {@code /}, or a path such as {@code /docs}; of several prefixes the longest is asked first, of equal ones the first named
     * @param root where the files come from
     * @return this configuration
     * @throws IllegalArgumentException if the prefix is not such a path
     */
    public StaticFilesConfig mount(String prefix, StaticRoot root) {
        return mount(prefix, root, mount -> {});
    }

    /**
     * Serves a root below a prefix, with choices of its own.
     *
     * @param prefix {@code /}, or a path such as {@code /docs}; of several prefixes the longest is asked first, of equal ones the first named
     * @param root where the files come from
     * @param config sets what differs from the defaults; called once, at once
     * @return this configuration
     * @throws IllegalArgumentException if the prefix is not such a path, or the choices contradict each other
     */
    public StaticFilesConfig mount(String prefix, StaticRoot root, Consumer<MountConfig> config) {
        MountConfig mount = new MountConfig(MountConfig.prefix(prefix), root);
        config.accept(mount);
        mount.check();
        mounts.add(mount);
        return this;
    }

    /**
     * Hands in a value that templates see as <code>{{ config('name') }}</code>.
     *
     * @param name letters, digits and {@code _.-}, not starting with a digit, at most 100 characters
     * @param value a {@link String}, {@link Boolean}, {@link Integer}, {@link Long} or {@link Double}; everyone who can read the pages can read it
     * @return this configuration
     * @throws IllegalArgumentException if the name or the type is another one, or the name was given before
     */
    public StaticFilesConfig value(String name, Object value) {
        requireName("value", name);
        if (values.putIfAbsent(name, literal(name, value)) != null) {
            throw new IllegalArgumentException("value \"" + name + "\" of the templates is given twice");
        }
        return this;
    }

    /**
     * Adds a function that templates can call as <code>{{ name('argument') }}</code>.
     *
     * @param name letters, digits and {@code _.-}, not starting with a digit, at most 100 characters; not {@code config}, {@code url} or {@code file}
     * @param function called at each load for each call in a template
     * @return this configuration
     * @throws IllegalArgumentException if the name is another one, or was given before
     */
    public StaticFilesConfig function(String name, TemplateFunction function) {
        Template.requireFunctionName(name);
        if (functions.putIfAbsent(name, Objects.requireNonNull(function)) != null) {
            throw new IllegalArgumentException("function \"" + name + "\" of the templates is given twice");
        }
        return this;
    }

    /**
     * Sets the largest file that is kept in memory; larger ones are streamed from their root at each request. The default is 1 MiB.
     *
     * @param bytes 0 to 1 GiB; 0 streams everything but empty files
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public StaticFilesConfig memoryFileLimit(long bytes) {
        memoryFileLimit = requireRange("memory limit of a file", bytes, 1L << 30);
        return this;
    }

    /**
     * Sets the memory for all files together, every encoding counted. The default is 256 MiB. What does not fit is streamed from its root.
     *
     * @param bytes 0 to 1 TiB
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public StaticFilesConfig memoryBudget(long bytes) {
        memoryBudget = requireRange("memory budget of the files", bytes, 1L << 40);
        return this;
    }

    /**
     * Watches the directories and serves what has changed, with the default times.
     *
     * @return this configuration
     */
    public StaticFilesConfig watch() {
        return watch(watch -> {});
    }

    /**
     * Watches the directories and serves what has changed.
     *
     * @param config sets what differs from the defaults; called once, at once
     * @return this configuration
     */
    public StaticFilesConfig watch(Consumer<WatchConfig> config) {
        WatchConfig chosen = new WatchConfig();
        config.accept(chosen);
        watch = chosen.settings();
        return this;
    }

    /**
     * Tells browsers when files have changed: server-sent events at a path, and a script at {@code <path>/client.js} that reloads the page. Meant
     * for development; it needs {@link #watch()} or calls of {@link StaticFiles#reload()}.
     *
     * @param path a path such as {@code /_live}
     * @return this configuration
     * @throws IllegalArgumentException if it is not such a path
     */
    public StaticFilesConfig liveReload(String path) {
        if (MountConfig.prefix(path).isEmpty()) {
            throw new IllegalArgumentException("path of the live-reload events \"/\" must be a path such as /_live");
        }
        liveReload = path;
        return this;
    }

    Settings settings(String contextPath) {
        List<MountSettings> sorted = mounts.stream()
                .map(mount -> mount.settings(context(contextPath)))
                .sorted(Comparator.comparing(
                                (MountSettings mount) -> mount.prefix().length())
                        .reversed())
                .toList();
        return new Settings(sorted, memoryFileLimit, memoryBudget, values, functions, watch, liveReload);
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name \"" + name + "\" of a template's " + what
                    + " must be letters, digits or _.- and must not start with a digit");
        }
    }

    private static Object literal(String name, Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof Double) {
            return value;
        }
        if (value instanceof Integer number) {
            return (long) number;
        }
        throw new IllegalArgumentException("value \"" + name + "\" of the templates is a "
                + value.getClass().getName() + "; it must be a String, Boolean, Integer, Long or Double");
    }

    private static long requireRange(String what, long bytes, long most) {
        if (bytes < 0 || bytes > most) {
            throw new IllegalArgumentException(what + " must be 0.." + most + " bytes, was " + bytes);
        }
        return bytes;
    }

    /** Javalin takes {@code shop}, {@code /shop} and {@code /shop/} for the same. */
    private static String context(String contextPath) {
        String path = ("/" + contextPath).replaceAll("/{2,}", "/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
