package io.betrue.jobs.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** Runs one statement: arrays, times and nulls go in as PostgreSQL wants them. */
final class Rows {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Rows() {}

    /** Reads one row. */
    @FunctionalInterface
    interface Reader<T> {
        @Nullable
        T read(ResultSet row) throws SQLException;
    }

    /** Runs a statement whose plan does not depend on how full the tables are. */
    static <T> List<T> list(Connection connection, String sql, Reader<T> reader, @Nullable Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return read(statement, reader, arguments);
        }
    }

    /**
     * Runs a statement that is planned anew each time. A prepared one would keep a plan made for an empty table, or a full one, after a hundred thousand
     * jobs have come or gone; planning costs a fraction of what such a batch does.
     */
    static <T> List<T> planned(Connection connection, String sql, Reader<T> reader, @Nullable Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (statement.isWrapperFor(PGStatement.class)) {
                statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            }
            return read(statement, reader, arguments);
        }
    }

    /** Runs a statement for what it does; it may give rows. */
    static void run(Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
        list(connection, sql, row -> null, arguments);
    }

    /** Runs a statement that gives no rows, and says how many it changed. */
    static int update(Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        }
    }

    private static <T> List<T> read(PreparedStatement statement, Reader<T> reader, @Nullable Object... arguments)
            throws SQLException {
        bind(statement, arguments);
        List<T> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                T row = reader.read(result);
                if (row != null) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object argument) throws SQLException {
        if (argument == null) {
            statement.setNull(index, Types.NULL);
        } else if (argument instanceof Object[] array) {
            statement.setArray(index, array(statement.getConnection(), array));
        } else if (argument instanceof Instant time) {
            statement.setObject(index, storable(time).atOffset(ZoneOffset.UTC));
        } else {
            statement.setObject(index, argument);
        }
    }

    private static Array array(Connection connection, Object[] array) throws SQLException {
        if (array instanceof String[]) {
            return connection.createArrayOf("text", array);
        } else if (array instanceof Long[]) {
            return connection.createArrayOf("int8", array);
        } else if (array instanceof Integer[]) {
            return connection.createArrayOf("int4", array);
        } else if (array instanceof Short[]) {
            return connection.createArrayOf("int2", array);
        } else if (array instanceof Double[]) {
            return connection.createArrayOf("float8", array);
        }
        throw new SQLFeatureNotSupportedException(
                "no array of " + array.getClass().getComponentType());
    }

    /** Brings a time into the range that both sides can write. */
    static Instant storable(Instant time) {
        return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static List<String> split(@Nullable String tags) {
        return tags == null || tags.isEmpty() ? List.of() : List.of(tags.split(","));
    }
}
