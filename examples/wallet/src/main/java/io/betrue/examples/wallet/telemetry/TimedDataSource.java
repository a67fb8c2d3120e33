package io.betrue.examples.wallet.telemetry;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections whose statements are timed, whoever makes them: repositories, jobs, migrations. Safe for use by multiple threads as the one that it wraps is. */
final class TimedDataSource implements DataSource {
    private final DataSource source;
    private final SqlTimes times;

    TimedDataSource(DataSource source, SqlTimes times) {
        this.source = source;
        this.times = times;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return timed(source.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return timed(source.getConnection(username, password));
    }

    private Connection timed(Connection connection) {
        return around(Connection.class, new Timed(connection, times, null));
    }

    private static <T> T around(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(TimedDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A connection or a statement. */
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
            return result instanceof Statement
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

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(source) ? type.cast(source) : source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(source) || source.isWrapperFor(type);
    }
}
