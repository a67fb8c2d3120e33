package io.betrue.examples.wallet.telemetry;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections whose statements are timed, whoever makes them: repositories, jobs, migrations. */
final class TimedDataSource {
    private TimedDataSource() {}

    /** {@return a source like another, whose statements are timed; safe for use by multiple threads if the other is} */
    static DataSource over(DataSource source, SqlTimes times) {
        return around(DataSource.class, new Timed(source, times, null));
    }

    private static <T> T around(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(TimedDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A source, a connection or a statement. */
    private static final class Timed implements InvocationHandler {
        private final Object target;
        private final SqlTimes times;
        private final @Nullable String prepared;
        private @Nullable String batched;

        Timed(Object target, SqlTimes times, @Nullable String prepared) {
            this.target = target;
            this.times = times;
            this.prepared = prepared;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            String text =
                    arguments != null && arguments.length > 0 && arguments[0] instanceof String given ? given : null;
            if (target instanceof Statement) {
                if (method.getName().equals("addBatch") && batched == null) {
                    batched = text;
                }
                return method.getName().startsWith("execute")
                        ? timed(method, arguments, text)
                        : call(method, arguments);
            }
            Object result = call(method, arguments);
            Class<?> timed = target instanceof DataSource ? Connection.class : Statement.class;
            return result != null && timed.isInstance(result)
                    ? around(method.getReturnType(), new Timed(result, times, text))
                    : result;
        }

        private @Nullable Object timed(Method method, Object @Nullable [] arguments, @Nullable String given)
                throws Throwable {
            String text = prepared != null ? prepared : given != null ? given : String.valueOf(batched);
            SqlTimes.Running running = times.begin(text, prepared != null);
            try {
                Object result = call(method, arguments);
                running.end(null);
                return result;
            } catch (Throwable e) {
                running.end(e);
                throw e;
            }
        }

        private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                Throwable cause = e.getCause();
                throw cause == null ? e : cause;
            }
        }
    }
}
