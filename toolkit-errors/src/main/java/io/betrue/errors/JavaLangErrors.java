package io.betrue.errors;

import io.javalin.config.RouterConfig;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Installs a handler for {@link Error}s.
 *
 * <p>The type that Javalin 7.2 wants lies in a package that its module does not export, so on the module path only a proxy can implement it.
 */
final class JavaLangErrors {
    private JavaLangErrors() {}

    static void install(RouterConfig router, BiConsumer<HttpServletResponse, Error> handler) {
        Method setter = Arrays.stream(RouterConfig.class.getMethods())
                .filter(method -> method.getName().equals("javaLangErrorHandler"))
                .filter(method -> method.getParameterCount() == 1)
                .findAny()
                .orElseThrow(() -> new IllegalStateException(
                        "Javalin has no router.javaLangErrorHandler(…) any more; toolkit-errors is made for 7.2"));
        Class<?> type = setter.getParameterTypes()[0];
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(handler, self, method, arguments));
        try {
            setter.invoke(router, proxy);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Javalin refused a handler for errors of the JVM", e);
        }
    }

    private static @Nullable Object call(
            BiConsumer<HttpServletResponse, Error> handler,
            Object self,
            Method method,
            @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "toString" -> "JavaLangErrors";
            case "hashCode" -> System.identityHashCode(self);
            case "equals" -> arguments != null && arguments[0] == self;
            default -> {
                if (arguments != null
                        && arguments[0] instanceof HttpServletResponse response
                        && arguments[1] instanceof Error error) {
                    handler.accept(response, error);
                }
                yield null;
            }
        };
    }
}
