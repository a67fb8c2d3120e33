package io.betrue.staticfiles;

import io.javalin.config.JavalinState;
import io.javalin.plugin.Plugin;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves files from memory.
 * <pre>{@code
 * Javalin.create(app -> app.registerPlugin(new StaticFilesPlugin(s -> s.mount("/", StaticRoot.directory(Path.of("web"))))));
 * }</pre>
 */
public final class StaticFilesPlugin extends Plugin<StaticFilesConfig> {
    private @Nullable StaticFiles files;

    /**
     * Serves files as configured.
     *
     * @param config says what is served; called once, at once
     */
    public StaticFilesPlugin(Consumer<StaticFilesConfig> config) {
        super(config, new StaticFilesConfig());
    }

    @Override
    public void onStart(JavalinState state) {
        Settings settings = pluginConfig.settings(state.router.contextPath);
        StaticFiles loaded = new StaticFiles(settings);
        files = loaded;
        state.events.serverStarted(loaded::start);
        state.events.serverStartFailed(loaded::close);
        state.events.serverStopping(loaded::close);
        if (settings.liveReload() != null) {
            LiveReload.install(state, loaded, settings.liveReload());
        }
        Serving.install(state, loaded::tree);
    }

    /**
     * {@return the files that are served, to reload them or to be told of changes}
     *
     * @throws IllegalStateException before {@code Javalin.create} has started the plugin
     */
    public StaticFiles files() {
        StaticFiles loaded = files;
        if (loaded == null) {
            throw new IllegalStateException(
                    "the files are loaded by Javalin.create, which has not started this plugin yet");
        }
        return loaded;
    }
}
