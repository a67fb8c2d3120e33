package io.betrue.jobs.events;

import io.betrue.jobs.internal.Producer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes events, and for each consumer a delivery and the job that brings it. Nothing is shared between publishers, so none waits for another; and nothing is
 * read behind a cursor, so an event whose transaction ends late is not passed over. Safe for use by multiple threads.
 */
final class Publications {
    static final int LARGEST = 1_000;

    /** A row without a consumer says that the event was written and nobody wants it. */
    private static final String WRITE = """
            with made as (
                insert into {s}.event (id, type, key, payload, trace)
                select n.id, ?, n.key, n.payload, ?
                from unnest(?::uuid[], ?::text[], ?::text[]) with ordinality as n(id, key, payload, place) order by n.place
                on conflict (id) do nothing returning seq, id, key)
            select made.seq, made.id, made.key, s.consumer, s.ordered, s.attempts, s.timeout_ms
            from made left join {s}.subscription s on s.type = ? order by made.seq, s.consumer
            """;

    private static final String DELIVER = """
            insert into {s}.delivery (consumer, seq, key, job) select * from unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[])
            """;

    private final EventsSchema schema;
    private final EventCodec codec;
    private final Couriers couriers;
    private final String write;
    private final String deliver;

    private record Written(UUID id, @Nullable Wanted wanted) {}

    /** A delivery to be made. */
    record Wanted(Couriers.Errand errand, @Nullable String key) {}

    Publications(EventsSchema schema, EventCodec codec, Couriers couriers) {
        this.schema = schema;
        this.codec = codec;
        this.couriers = couriers;
        this.write = schema.sql(WRITE);
        this.deliver = schema.sql(DELIVER);
    }

    EventPublisher in(Connection connection) {
        return new EventPublisher() {
            @Override
            public <T> PublishedEvent publish(EventType<T> type, T event) {
                return publish(type, newId(), event);
            }

            @Override
            public <T> PublishedEvent publish(EventType<T> type, UUID id, T event) {
                return write(connection, type, List.of(id), List.of(event)).get(0);
            }

            @Override
            public <T> List<PublishedEvent> publishAll(EventType<T> type, List<? extends T> events) {
                List<PublishedEvent> answers = new ArrayList<>(events.size());
                for (int from = 0; from < events.size(); from += LARGEST) {
                    List<? extends T> part = events.subList(from, Math.min(from + LARGEST, events.size()));
                    List<UUID> ids = part.stream().map(event -> newId()).toList();
                    answers.addAll(write(connection, type, ids, part));
                }
                return answers;
            }
        };
    }

    private static UUID newId() {
        return Uuids.next(System.currentTimeMillis(), RandomGenerator.getDefault());
    }

    private <T> List<PublishedEvent> write(
            Connection connection, EventType<T> type, List<UUID> ids, List<? extends T> events) {
        try {
            List<Written> rows = Sql.list(
                    connection,
                    write,
                    row -> written(row, type),
                    type.code(),
                    Producer.trace(),
                    ids.toArray(UUID[]::new),
                    events.stream().map(event -> type.key(event).orElse(null)).toArray(String[]::new),
                    events.stream().map(event -> codec.write(type, event)).toArray(String[]::new),
                    type.code());
            List<Wanted> wanted = new ArrayList<>(rows.size());
            Set<UUID> made = new HashSet<>();
            for (Written row : rows) {
                made.add(row.id());
                if (row.wanted() != null) {
                    wanted.add(row.wanted());
                }
            }
            deliver(connection, wanted);
            return ids.stream()
                    .map(id -> new PublishedEvent(id, made.contains(id)))
                    .toList();
        } catch (SQLException e) {
            throw schema.failure("publish", e);
        }
    }

    private static Written written(ResultSet row, EventType<?> type) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String consumer = row.getString("consumer");
        return new Written(
                id,
                consumer == null
                        ? null
                        : new Wanted(
                                new Couriers.Errand(
                                        consumer,
                                        type.code(),
                                        row.getLong("seq"),
                                        row.getInt("attempts"),
                                        row.getLong("timeout_ms")),
                                row.getBoolean("ordered") ? row.getString("key") : null));
    }

    /** Makes the jobs, and the deliveries that know them. */
    void deliver(Connection connection, List<Wanted> wanted) throws SQLException {
        if (wanted.isEmpty()) {
            return;
        }
        List<Long> jobs =
                couriers.send(connection, wanted.stream().map(Wanted::errand).toList());
        Sql.update(
                connection,
                deliver,
                wanted.stream().map(one -> one.errand().consumer()).toArray(String[]::new),
                wanted.stream().map(one -> one.errand().seq()).toArray(Long[]::new),
                wanted.stream().map(Wanted::key).toArray(String[]::new),
                jobs.toArray(Long[]::new));
    }
}
