package io.betrue.benchmarks.jobs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Takes the time of prepared statements, as their caller sees it, without a change to who runs them. Safe for use by multiple threads. */
final class TimedStatements {
    private final DataSource real;
    private final Predicate<String> chosen;
    private final Queue<Long> took = new ConcurrentLinkedQueue<>();

    TimedStatements(DataSource real, Predicate<String> chosen) {
        this.real = real;
        this.chosen = chosen;
    }

    /** {@return connections of the real one that are watched} */
    DataSource dataSource() {
        return watched(
                DataSource.class,
                real,
                (method, arguments, result) -> result instanceof Connection connection ? watched(connection) : result);
    }

    /** {@return how long each chosen statement took, in nanoseconds} */
    long[] took() {
        return took.stream().mapToLong(nanos -> nanos).toArray();
    }

    private Connection watched(Connection connection) {
        return watched(
                Connection.class,
                connection,
                (method, arguments, result) -> result instanceof PreparedStatement statement
                                && arguments != null
                                && chosen.test((String) arguments[0])
                        ? timed(statement)
                        : result);
    }

    private PreparedStatement timed(PreparedStatement statement) {
        return (PreparedStatement) Proxy.newProxyInstance(
                TimedStatements.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> {
                    long since = System.nanoTime();
                    Object result = call(statement, method, arguments);
                    if (method.getName().startsWith("execute")) {
                        took.add(System.nanoTime() - since);
                    }
                    return result;
                });
    }

    /** Sees what a method answered, and may answer something else. */
    @FunctionalInterface
    private interface After {
        @Nullable
        Object answer(Method method, Object @Nullable [] arguments, @Nullable Object result);
    }

    private static <T> T watched(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(
                TimedStatements.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> after.answer(method, arguments, call(target, method, arguments))));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
