package io.betrue.examples.monolith;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Hears the operating system's requests to stop.
 *
 * <p>A JVM by itself answers SIGTERM with exit status 143 and is deaf to a second one. {@code sun.misc.Signal} is the only
 * way to another answer; it is called by name because the compiler's warning about it cannot be silenced, and this
 * build has no warnings. Where it is missing, the JVM's own answer stays.
 */
final class Signals {
    private Signals() {}

    /** Runs an action for each SIGTERM and SIGINT (Ctrl-C), instead of ending the JVM. */
    static void onStop(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invocation = (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "handle" -> action.run();
                    case "equals" -> {
                        return arguments != null && proxy == arguments[0];
                    }
                    case "hashCode" -> {
                        return System.identityHashCode(proxy);
                    }
                    default -> {
                        return "stop on signal";
                    }
                }
                return null;
            };
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, invocation);
            for (String name : new String[] {"TERM", "INT"}) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            }
        } catch (ReflectiveOperationException e) {
            Runtime.getRuntime().addShutdownHook(new Thread(action, "stop"));
        }
    }
}
