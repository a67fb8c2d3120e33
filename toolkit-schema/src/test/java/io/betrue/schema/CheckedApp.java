package io.betrue.schema;

import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import io.betrue.errors.ErrorsPlugin;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.router.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An application whose responses are checked, until the test has ended. */
final class CheckedApp implements AfterEachCallback {
    static final Map<String, Object> GOOD = Map.of("sku", "abc", "amount", 2);
    static final Map<String, Object> BAD = Map.of("sku", "abc", "amount", "secret value");
    static final String ORDER = "order/create";

    private @Nullable Javalin app;

    enum ShopError implements ErrorCode {
        SOLD_OUT,
        LOCKED_OUT;

        @Override
        public ErrorDefinition definition() {
            return ErrorDefinition.of(409, "Sold out");
        }
    }

    static Endpoint get(RoutePart says, Handler handler) {
        return SchemaRoutes.get("/x", says, handler);
    }

    Javalin start(ResponseCheck check, boolean errorsPlugin, Endpoint... endpoints) {
        return start(check, errorsPlugin, config -> List.of(endpoints).forEach(config.routes::addEndpoint));
    }

    Javalin start(ResponseCheck check, boolean errorsPlugin, Consumer<JavalinConfig> routes) {
        Javalin started = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.startupWatcherEnabled = false;
                    if (errorsPlugin) {
                        config.registerPlugin(new ErrorsPlugin(e -> e.catalogue(ShopError.values())));
                    }
                    config.registerPlugin(new SchemaPlugin(OrdersApp.schemas(), s -> s.responses(check)));
                    routes.accept(config);
                })
                .start("127.0.0.1", 0);
        app = started;
        return started;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (app != null) {
            app.stop();
        }
    }
}
