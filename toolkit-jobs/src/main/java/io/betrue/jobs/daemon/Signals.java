package io.betrue.jobs.daemon;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Hears the operating system's requests to stop. A JVM by itself answers SIGTERM with exit status 143 and is deaf to a second one. {@code sun.misc.Signal}
 * is called by name because the compiler's warning about it cannot be silenced; where it is missing, the JVM's own answer stays.
 */
final class Signals {
    private Signals() {}

    /** Runs an action for each SIGTERM and SIGINT (Ctrl-C), instead of ending the JVM. */
    static void onStop(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> "stop on signal";
                default -> {
                    action.run();
                    yield null;
                }
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
