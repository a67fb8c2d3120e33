package io.betrue.jobs.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Notes what goes to the database through a source: statements, and ends of transactions. Safe for use by multiple threads. */
final class CountingSource {
    private final Queue<String> trips = new ConcurrentLinkedQueue<>();
    private final DataSource source;

    CountingSource(DataSource source) {
        this.source = around(DataSource.class, source, "");
    }

    DataSource source() {
        return source;
    }

    /** {@return how often something was sent since this was last asked} */
    int trips() {
        int count = 0;
        while (trips.poll() != null) {
            count++;
        }
        return count;
    }

    private <T> T around(Class<T> type, Object real, String sql) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("equals")) {
                        return proxy == arguments[0];
                    }
                    if (method.getName().startsWith("execute")
                            || method.getName().equals("commit")
                            || method.getName().equals("rollback")) {
                        trips.add(method.getName() + ' ' + sql);
                    }
                    Object answer = call(method, real, arguments);
                    return method.getName().equals("unwrap") ? answer : wrapped(answer, arguments);
                }));
    }

    private static @Nullable Object call(Method method, Object real, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private @Nullable Object wrapped(@Nullable Object answer, Object @Nullable [] arguments) {
        String sql = arguments != null && arguments.length > 0 ? String.valueOf(arguments[0]) : "";
        if (answer instanceof Connection connection) {
            return around(Connection.class, connection, "");
        } else if (answer instanceof PreparedStatement statement) {
            return around(PreparedStatement.class, statement, sql);
        } else if (answer instanceof Statement statement) {
            return around(Statement.class, statement, sql);
        }
        return answer;
    }
}
