package io.betrue.swagger;

import io.javalin.config.JavalinState;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.plugin.Plugin;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves OpenAPI documents of all routes of the application, and a page that shows them.
 * <pre>{@code
 * Javalin.create(app -> app.registerPlugin(new SwaggerPlugin(s -> s.title("Shop").version("1.4").path("/docs"))));
 * }</pre>
 * One instance serves one application. It starts no threads and holds nothing that must be closed.
 */
public final class SwaggerPlugin extends Plugin<SwaggerConfig> {
    private static final Logger LOG = LoggerFactory.getLogger(SwaggerPlugin.class);

    private @Nullable OpenApi openApi;

    /**
     * Documents as configured.
     *
     * @param config says what and where; called once, at once
     */
    public SwaggerPlugin(Consumer<SwaggerConfig> config) {
        super(config, new SwaggerConfig());
    }

    @Override
    public void onStart(JavalinState state) {
        Settings settings = pluginConfig.settings();
        OpenApi documents = new OpenApi(state, settings);
        openApi = documents;
        documents.publish();
        for (DocumentForm form : DocumentForm.values()) {
            String mediaType = form.mediaType();
            add(
                    state,
                    settings,
                    settings.documents() + form.suffix(),
                    ctx -> Delivery.send(ctx, documents.rendering(form), mediaType, "no-cache"));
        }
        Settings.Page page = settings.page();
        if (page != null) {
            PageRoutes routes = new PageRoutes(settings, page);
            add(state, settings, page.path(), routes::page);
            if (!state.router.ignoreTrailingSlashes) {
                add(state, settings, page.path() + "/", routes::page);
            }
            add(state, settings, page.path() + "/{file}", routes::file);
        }
        state.events.handlerAdded(route -> documents.routesChanged());
        state.events.serverStarting(() -> documents.warnings().forEach(LOG::warn));
    }

    /**
     * {@return the documents, for a program}
     *
     * @throws IllegalStateException before {@code Javalin.create} has started the plugin
     */
    public OpenApi openApi() {
        OpenApi documents = openApi;
        if (documents == null) {
            throw new IllegalStateException("Javalin.create starts this plugin, which has not happened yet");
        }
        return documents;
    }

    /** Adds HEAD too: Javalin answers it for a GET route without asking the handler, the roles or anybody. */
    private static void add(JavalinState state, Settings settings, String path, Handler handler) {
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
            state.routes.addEndpoint(Endpoint.create(method, path)
                    .addMetadata(new Roles(settings.roles()))
                    .addMetadata(Operation.hidden())
                    .handler(handler));
        }
    }
}
