package io.betrue.jobs.nats;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Does something just before transactions are committed, which may keep them from it. Safe for use by multiple threads. */
final class FaultySource {
    private final DataSource source;
    private volatile @Nullable Fault fault;

    /** What happens before a commit. */
    @FunctionalInterface
    interface Fault {
        void before(Connection connection) throws SQLException;
    }

    FaultySource(DataSource source) {
        this.source = around(DataSource.class, source);
    }

    DataSource source() {
        return source;
    }

    /** Lets the next commit meet a fault, once. */
    void next(Fault once) {
        fault = once;
    }

    boolean isOver() {
        return fault == null;
    }

    private <T> T around(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Fault now = fault;
                    if (method.getName().equals("commit") && now != null) {
                        fault = null;
                        now.before((Connection) real);
                    }
                    Object answer = call(method, real, arguments);
                    return answer instanceof Connection connection
                                    && method.getName().equals("getConnection")
                            ? around(Connection.class, connection)
                            : answer;
                }));
    }

    private static @Nullable Object call(Method method, Object real, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
