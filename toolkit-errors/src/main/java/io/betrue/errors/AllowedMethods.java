package io.betrue.errors;

import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which methods a path answers to, for the Allow header. */
final class AllowedMethods {
    private AllowedMethods() {}

    static Set<String> of(JavalinState state, Context ctx) {
        String path = path(ctx);
        Set<String> allowed = new LinkedHashSet<>();
        state.internalRouter.allHttpHandlers().stream()
                .map(entry -> entry.endpoint.method)
                .filter(HandlerType::isHttpMethod)
                .distinct()
                .filter(method -> state.internalRouter.findFirstHttpHandlerEntry(method, path) != null)
                .forEach(method -> add(allowed, method.name()));
        if (state.resourceHandler != null && state.resourceHandler.canHandle(ctx)) {
            add(allowed, "GET");
        }
        return allowed;
    }

    static boolean isWebSocket(JavalinState state, Context ctx) {
        return ctx.method().equals(HandlerType.GET)
                && state.wsRouter.getWsPathMatcher().findEndpointHandlerEntry(path(ctx)) != null;
    }

    /** Javalin answers HEAD wherever there is a GET. */
    private static void add(Set<String> allowed, String method) {
        allowed.add(method);
        if (method.equals("GET")) {
            allowed.add("HEAD");
        }
    }

    private static String path(Context ctx) {
        return ctx.path().substring(ctx.contextPath().length());
    }
}
