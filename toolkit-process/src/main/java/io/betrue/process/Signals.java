package io.betrue.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Hears the operating system's requests to stop.
 *
 * <p>A JVM by itself answers SIGTERM with exit status 143 and is deaf to a second one. {@code sun.misc.Signal} is the only way to another answer; it is
 * called by name because the compiler's warning about it cannot be silenced, and this build has no warnings. Where it is missing, or the JVM keeps a
 * signal for itself ({@code -Xrs}) or the process was started to ignore it, the JVM's own answer stays.
 */
final class Signals {
    private static final String[] NAMES = {"TERM", "INT", "HUP"};

    private Signals() {}

    /** Hands over the name of each signal that asks to stop, such as {@code SIGTERM}, instead of ending the JVM. */
    static void onStop(Consumer<String> heard) {
        for (String name : NAMES) {
            try {
                listen(name, heard);
            } catch (ReflectiveOperationException e) {
                // its shutdown hooks run all the same, and stop the run in good order
            }
        }
    }

    private static void listen(String name, Consumer<String> heard) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                heard.accept("SIG" + name);
                yield null;
            }
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "stop on SIG" + name;
        };
        Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, invocation);
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    }
}
