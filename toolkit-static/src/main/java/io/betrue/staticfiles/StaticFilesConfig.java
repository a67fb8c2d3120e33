package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What can be chosen about {@link StaticFilesPlugin}. It is used while the plugin is built and then forgotten. Not safe for use by multiple threads. */
public final class StaticFilesConfig {
    private final List<MountConfig> mounts = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, TemplateFunction> functions = new HashMap<>();
    private long memoryFileLimit = 1 << 20;
    private long memoryBudget = 256L << 20;

    StaticFilesConfig() {}

    /**
     * Serves a root below a prefix, inside Javalin's pipeline.
     *
     * @param prefix {@code /}, or a path such as {@code /docs}; of several prefixes the longest is asked first
     * @param root where the files come from
     * @return this configuration
     */
    public StaticFilesConfig mount(String prefix, StaticRoot root) {
        return mount(prefix, root, mount -> {});
    }

    /**
     * Serves a root below a prefix.
     *
     * @param prefix {@code /}, or a path such as {@code /docs}; of several prefixes the longest is asked first
     * @param root where the files come from
     * @param config sets what differs from the defaults; called once, at once
     * @return this configuration
     */
    public StaticFilesConfig mount(String prefix, StaticRoot root, Consumer<MountConfig> config) {
        MountConfig mount = new MountConfig(prefix, root);
        config.accept(mount);
        mounts.add(mount);
        return this;
    }

    Settings settings(String contextPath) {
        List<MountSettings> sorted = mounts.stream()
                .map(mount -> mount.settings(contextPath))
                .sorted(Comparator.comparing(
                                (MountSettings mount) -> mount.prefix().length())
                        .reversed())
                .toList();
        return new Settings(sorted, memoryFileLimit, memoryBudget, values, functions, null, null);
    }
}
