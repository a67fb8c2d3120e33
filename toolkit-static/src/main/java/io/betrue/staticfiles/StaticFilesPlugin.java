package io.betrue.staticfiles;

import io.javalin.config.JavalinState;
import io.javalin.plugin.Plugin;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;

/**
 * Serves files from memory.
 * <pre>{@code
 * Javalin.create(app -> app.registerPlugin(new StaticFilesPlugin(s -> s.mount("/", StaticRoot.directory(Path.of("web"))))));
 * }</pre>
 */
public final class StaticFilesPlugin extends Plugin<StaticFilesConfig> {
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
        StaticFiles files = new StaticFiles(pluginConfig.settings(state.router.contextPath));
        Responder responder = new Responder();
        state.jetty.modifyServer(server -> server.setHandler(new Handler.Sequence(new FrontHandler(files, responder))));
    }
}
