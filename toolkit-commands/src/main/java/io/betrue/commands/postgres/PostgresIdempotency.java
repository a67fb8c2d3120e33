package io.betrue.commands.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Headers;
import io.betrue.commands.IdempotencyStore;
import io.betrue.errors.StandardError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Keeps idempotency keys in a table of PostgreSQL 12 or later, so that all processes of a service know them and a restart forgets none. Each method is one short
 * transaction of its own on a connection of the data source, and blocks for so long; a call takes two, and one every few minutes while it goes on. Keys that are over are removed by the way, some hundreds at a time.
 * A database that cannot be asked is an UNAVAILABLE problem. Safe for use by multiple threads.
 *
 * <p>The outcome is kept after the handler's own transaction: a process that is killed between the two leaves the key taken until its lease ends, five minutes after the last renewal or a minute after
 * the call's deadline, whichever is later, and a try after that runs again. Where not even that may happen, as with money, the handler keeps the key in its own transaction.
 */
public final class PostgresIdempotency implements IdempotencyStore {
    private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_]{0,62}(\\.[a-z_][a-z0-9_]{0,62})?");
    private static final String OWN =
            " where key = ? and status is null and body = ?"; // of a call that runs, body has the token
    private static final int TRIES = 10;
    private static final int BETWEEN_SWEEPS = 50;
    private static final int MOST_SWEPT = 500;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    private final DataSource dataSource;
    private final String table;
    private final AtomicInteger taken = new AtomicInteger();

    /** What is asked in a transaction. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private PostgresIdempotency(DataSource dataSource, String table) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        this.table = table;
    }

    /**
     * {@return a store in the table {@code command_idempotency}, which {@link #createTable} or the application's own migrations make}
     *
     * @param dataSource gives connections, at best pooled; stays the caller's to close
     */
    public static PostgresIdempotency in(DataSource dataSource) {
        return new PostgresIdempotency(dataSource, "command_idempotency");
    }

    /**
     * {@return a store in another table}
     *
     * @param name its name in lower case, with or without a schema, each of at most 63 letters, digits and underscores
     * @throws IllegalArgumentException if it is no such name
     */
    public PostgresIdempotency table(String name) {
        if (!TABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("table must be a name in lower case, or schema.name, was " + name);
        }
        return new PostgresIdempotency(dataSource, name);
    }

    /** {@return the statements that make the table, for the application's own migrations} */
    public String ddl() {
        return """
                create table if not exists %1$s (
                    key text primary key,
                    fingerprint text not null,
                    status smallint,
                    headers text,
                    body text,
                    expires_at timestamptz not null
                );
                create index if not exists %2$s_expires_at on %1$s (expires_at);
                """.formatted(table, table.substring(table.indexOf('.') + 1));
    }

    /**
     * Makes the table where it is missing.
     *
     * @throws io.betrue.errors.ProblemException UNAVAILABLE if the database cannot be asked
     */
    public void createTable() {
        inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ddl())) {
                return statement.execute();
            }
        });
    }

    @Override
    public Entry begin(String key, String fingerprint, Duration lease) {
        for (int i = 0; i < TRIES; i++) {
            String token = UUID.randomUUID().toString();
            if (inTransaction(connection -> take(connection, key, fingerprint, token, lease))) {
                if (taken.incrementAndGet() % BETWEEN_SWEEPS == 0) {
                    sweep();
                }
                return Entry.taken(fingerprint, token);
            }
            Optional<Entry> known = inTransaction(connection -> find(connection, key));
            if (known.isPresent()) {
                return known.get();
            }
        }
        throw StandardError.UNAVAILABLE
                .problem()
                .detail("The idempotency key changes hands too quickly.")
                .toException();
    }

    private boolean take(Connection connection, String key, String fingerprint, String token, Duration lease)
            throws SQLException {
        String sql = "insert into " + table + " as known (key, fingerprint, body, expires_at) values (?, ?, ?, " + in()
                + ") on conflict (key) do update set fingerprint = excluded.fingerprint, status = null, headers = null,"
                + " body = excluded.body, expires_at = excluded.expires_at where known.expires_at <= now()";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            statement.setString(2, fingerprint);
            statement.setString(3, token);
            statement.setLong(4, lease.toMillis());
            return statement.executeUpdate() == 1;
        }
    }

    private Optional<Entry> find(Connection connection, String key) throws SQLException {
        String sql =
                "select fingerprint, status, headers, body from " + table + " where key = ? and expires_at > now()";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty(); // given up, or over, since it was in the way
                }
                int status = row.getInt("status");
                return Optional.of(
                        row.wasNull()
                                ? Entry.running(row.getString("fingerprint"))
                                : Entry.ended(row.getString("fingerprint"), outcome(status, row)));
            }
        }
    }

    private static Outcome outcome(int status, ResultSet row) throws SQLException {
        return new Outcome(status, headers(row.getString("headers")), row.getString("body"));
    }

    @Override
    public boolean renew(String key, String token, Duration lease) {
        String sql = "update " + table + " set expires_at = greatest(expires_at, " + in() + ")" + OWN;
        return inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, lease.toMillis());
                statement.setString(2, key);
                statement.setString(3, token);
                return statement.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean end(String key, String token, Outcome outcome, Duration keep) {
        String sql = "update " + table + " set status = ?, headers = ?, body = ?, expires_at = " + in() + OWN;
        return inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, outcome.status());
                statement.setString(2, json(outcome.headers()));
                statement.setString(3, outcome.json());
                statement.setLong(4, keep.toMillis());
                statement.setString(5, key);
                statement.setString(6, token);
                return statement.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean release(String key, String token) {
        return inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("delete from " + table + OWN)) {
                statement.setString(1, key);
                statement.setString(2, token);
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** Removes keys that are over; who finds another at it leaves those alone. */
    private void sweep() {
        String sql = "delete from " + table + " where ctid = any (array(select ctid from " + table
                + " where expires_at <= now() order by expires_at limit " + MOST_SWEPT + " for update skip locked))";
        inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    private static String in() {
        return "now() + ? * interval '1 millisecond'";
    }

    private <T> T inTransaction(Question<T> question) {
        try (Connection connection = dataSource.getConnection()) {
            T answer = question.ask(connection);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return answer;
        } catch (SQLException e) {
            throw StandardError.UNAVAILABLE
                    .problem()
                    .detail("Idempotency keys cannot be looked up now.")
                    .cause(e)
                    .toException();
        }
    }

    private static String json(Headers headers) {
        try {
            return JSON.writeValueAsString(headers.toMap());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }

    private static Headers headers(String json) {
        try {
            return Headers.of(JSON.readValue(json, FIELDS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "headers of an idempotency key are no JSON: was the table changed by hand?", e);
        }
    }
}
