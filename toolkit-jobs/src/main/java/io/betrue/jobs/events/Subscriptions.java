package io.betrue.jobs.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** Which consumers there are, in the database. Safe for use by multiple threads. */
final class Subscriptions {
    private static final String DECLARE = """
            insert into {s}.subscription as s (consumer, type, ordered, attempts, timeout_ms) values (?, ?, ?, ?, ?)
            on conflict (consumer, type) do update
                set ordered = excluded.ordered, attempts = excluded.attempts, timeout_ms = excluded.timeout_ms
                where (s.ordered, s.attempts, s.timeout_ms) is distinct from (excluded.ordered, excluded.attempts, excluded.timeout_ms)
            """;

    private static final String KNOWN = "select 1 from {s}.subscription where consumer = ? and type = ?";

    /** Whoever has published has ended, and nobody publishes until this transaction ends. */
    private static final String LOCK = "lock table {s}.event in share row exclusive mode";

    private static final String HISTORY =
            "select seq, key from {s}.event where type = ? and seq > ? order by seq limit 1000";

    private static final String ALL = """
            select s.consumer, s.types, coalesce(d.undelivered, 0) as undelivered, d.oldest
            from (select consumer, string_agg(type, ',' order by type) as types from {s}.subscription group by consumer) s
            left join (
                select consumer, count(*) as undelivered, (select published_at from {s}.event e where e.seq = min(d.seq)) as oldest
                from {s}.delivery d group by consumer) d on d.consumer = s.consumer
            order by s.consumer
            """;

    private static final String FORGET = "delete from {s}.subscription where consumer = ?";
    private static final String DROP = "delete from {s}.delivery where consumer = ?";

    private final DataSource source;
    private final EventsSchema schema;
    private final Publications publications;

    Subscriptions(DataSource source, EventsSchema schema, Publications publications) {
        this.source = source;
        this.schema = schema;
        this.publications = publications;
    }

    private record Kept(long seq, String key) {}

    /** Writes down consumers, each type in a transaction of its own. */
    void declare(List<EventConsumer> consumers) {
        for (EventConsumer consumer : consumers) {
            for (String type : new TreeSet<>(consumer.subscriptions().keySet())) {
                try (Transaction transaction = new Transaction(source)) {
                    declare(transaction.connection(), consumer, type);
                    transaction.commit();
                } catch (SQLException e) {
                    throw schema.failure("declare a consumer", e);
                }
            }
        }
    }

    private void declare(Connection connection, EventConsumer consumer, String type) throws SQLException {
        boolean asks = consumer.hasHistory() && !isKnown(connection, consumer, type);
        if (asks) {
            Sql.update(connection, schema.sql(LOCK));
            asks = !isKnown(connection, consumer, type);
        }
        Sql.update(
                connection,
                schema.sql(DECLARE),
                consumer.name(),
                type,
                consumer.isOrdered(),
                consumer.treatment().attempts(),
                consumer.treatment().timeout().toMillis());
        if (asks) {
            history(connection, consumer, type);
        }
    }

    private boolean isKnown(Connection connection, EventConsumer consumer, String type) throws SQLException {
        return !Sql.list(connection, schema.sql(KNOWN), row -> 1, consumer.name(), type)
                .isEmpty();
    }

    private void history(Connection connection, EventConsumer consumer, String type) throws SQLException {
        long after = 0;
        List<Kept> part;
        do {
            part = Sql.list(
                    connection,
                    schema.sql(HISTORY),
                    row -> new Kept(row.getLong("seq"), row.getString("key")),
                    type,
                    after);
            publications.deliver(
                    connection,
                    part.stream()
                            .map(kept -> new Publications.Wanted(
                                    new Couriers.Errand(
                                            consumer.name(),
                                            type,
                                            kept.seq(),
                                            consumer.treatment().attempts(),
                                            consumer.treatment().timeout().toMillis()),
                                    consumer.isOrdered() ? kept.key() : null))
                            .toList());
            after = part.isEmpty() ? after : part.get(part.size() - 1).seq();
        } while (part.size() == Publications.LARGEST);
    }

    List<ConsumerInfo> all() {
        try (Transaction transaction = new Transaction(source)) {
            return Sql.list(
                    transaction.connection(),
                    schema.sql(ALL),
                    row -> new ConsumerInfo(
                            row.getString("consumer"),
                            Set.copyOf(Arrays.asList(row.getString("types").split(","))),
                            row.getLong("undelivered"),
                            Sql.timeOrNull(row, "oldest")));
        } catch (SQLException e) {
            throw schema.failure("list consumers", e);
        }
    }

    /** {@return whether the consumer was declared} */
    boolean forget(String consumer) {
        try (Transaction transaction = new Transaction(source)) {
            boolean known = Sql.update(transaction.connection(), schema.sql(FORGET), consumer) > 0;
            Sql.update(transaction.connection(), schema.sql(DROP), consumer);
            transaction.commit();
            return known;
        } catch (SQLException e) {
            throw schema.failure("forget a consumer", e);
        }
    }
}
