package io.betrue.examples.accounts;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Gives connections of a pool, and notes what the database is asked to do. */
final class NotedDataSource {
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final DataSource noted;

    NotedDataSource(DataSource pool) {
        noted = noting(DataSource.class, pool);
    }

    DataSource dataSource() {
        return noted;
    }

    /** {@return the statements, commits and rollbacks since the last look} */
    List<String> work() {
        List<String> work = List.copyOf(notes);
        notes.clear();
        return work;
    }

    private <T> T noting(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            String name = method.getName();
            if (name.equals("prepareStatement")) {
                notes.add(String.valueOf(given[0]));
            } else if (name.equals("commit") || name.equals("rollback")) {
                notes.add(name);
            }
            return called(() -> method.invoke(target, given));
        }));
    }

    private @Nullable Object called(Reflected call) throws Throwable {
        try {
            Object result = call.call();
            return result instanceof Connection connection ? noting(Connection.class, connection) : result;
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** A call by reflection. */
    private interface Reflected {
        @Nullable
        Object call() throws ReflectiveOperationException;
    }
}
