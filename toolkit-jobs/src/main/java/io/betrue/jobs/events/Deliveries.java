package io.betrue.jobs.events;

import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobException;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Takes events whose turn has come, and notes which a consumer has had. Safe for use by multiple threads. */
final class Deliveries {
    private static final String TAKE = "select * from {s}.take_v1(?, ?, ?, ?)";
    private static final String FINISH = "select * from {s}.finish_v1(?, ?, ?::bigint, ?)";
    private static final String RESERVE =
            "update {s}.delivery set job = ?, taken = true, lease = 0 where consumer = ? and seq = ?";
    private static final String REPLACE = "update {s}.delivery set job = ? where consumer = ? and seq = ? and job = ?";
    private static final int ATTEMPTS = 20;
    private static final long TIMEOUT_MILLIS = 60_000;

    private final DataSource source;
    private final EventsSchema schema;
    private final Couriers couriers;
    private final EventCodec codec;

    /** An event whose turn has come. */
    record Taken(UUID id, String type, @Nullable String key, String payload, Instant publishedAt) {}

    private record Finished(
            boolean done,
            long next,
            @Nullable String type,
            @Nullable String trace,
            int attempts,
            long timeoutMillis) {}

    Deliveries(DataSource source, EventsSchema schema, Couriers couriers, EventCodec codec) {
        this.source = source;
        this.schema = schema;
        this.couriers = couriers;
        this.codec = codec;
    }

    /** Lets a consumer have an event, where its turn has come. */
    void bring(EventConsumer consumer, Turn turn, JobContext job) throws Exception {
        Taken taken = take(consumer.name(), turn, job).orElse(null);
        if (taken == null) {
            return;
        }
        try (Transaction transaction = new Transaction(source)) {
            Delivery delivery = new Delivery(consumer.name(), taken, job, transaction, schema);
            EventConsumer.Subscription<?> subscription =
                    consumer.subscriptions().get(taken.type());
            if (subscription == null) {
                throw delivery.unknown();
            }
            call(subscription, delivery, taken);
            finish(transaction.connection(), consumer.name(), turn, job);
            transaction.commit();
        } catch (SQLException e) {
            throw schema.failure("end an event", e);
        }
    }

    private <T> void call(EventConsumer.Subscription<T> subscription, Delivery delivery, Taken taken) throws Exception {
        subscription.handler().on(delivery, codec.read(subscription.type(), taken.payload()));
    }

    /** {@return the event, or empty when there is nothing to do for this job: the consumer has had it, or it must wait for another} */
    private Optional<Taken> take(String consumer, Turn turn, JobContext job) {
        try (Transaction transaction = new Transaction(source)) {
            List<Taken> rows = Sql.list(
                    transaction.connection(),
                    schema.sql(TAKE),
                    Deliveries::taken,
                    consumer,
                    turn.seq(),
                    job.id(),
                    job.lease());
            transaction.commit();
            return rows.stream().findFirst();
        } catch (SQLException e) {
            throw schema.failure("take an event", e);
        }
    }

    private static Taken taken(ResultSet row) throws SQLException {
        return new Taken(
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getString("key"),
                row.getString("payload"),
                Sql.time(row, "published_at"));
    }

    /** Notes in a transaction that the consumer has had an event, and sends for the next of its key. */
    private void finish(Connection connection, String consumer, Turn turn, JobContext job) throws SQLException {
        if (!end(connection, consumer, turn.seq(), job.id(), job.lease())) {
            throw new JobException("consumer " + consumer
                    + " has had the event meanwhile, or another worker brings it: what was written is undone");
        }
    }

    /** {@return whether there was something to skip} */
    boolean skip(Connection connection, String consumer, long seq) throws SQLException {
        return end(connection, consumer, seq, null, 0);
    }

    @SuppressWarnings("try") // the scope is there to be closed
    private boolean end(Connection connection, String consumer, long seq, @Nullable Long job, long lease)
            throws SQLException {
        Finished finished = Sql.list(connection, schema.sql(FINISH), Deliveries::finished, consumer, seq, job, lease)
                .get(0);
        if (finished.type() != null) {
            Couriers.Errand errand = new Couriers.Errand(
                    consumer, finished.type(), finished.next(), finished.attempts(), finished.timeoutMillis());
            try (Scope publisher = context(finished.trace()).makeCurrent()) {
                reserve(connection, errand);
            }
        }
        return finished.done();
    }

    /** Makes a job for an event whose turn it is. */
    void reserve(Connection connection, Couriers.Errand errand) throws SQLException {
        long job = couriers.send(connection, List.of(errand)).get(0);
        Sql.update(connection, schema.sql(RESERVE), job, errand.consumer(), errand.seq());
    }

    /** Makes another job in place of one that is gone, unless somebody else has. */
    void replace(Connection connection, Couriers.Errand errand, long gone) throws SQLException {
        long job = couriers.send(connection, List.of(errand)).get(0);
        if (Sql.update(connection, schema.sql(REPLACE), job, errand.consumer(), errand.seq(), gone) == 0) {
            throw new JobException("consumer " + errand.consumer() + " has had the event meanwhile, or gets it again");
        }
    }

    private static Finished finished(ResultSet row) throws SQLException {
        int attempts = row.getInt("attempts");
        long timeout = row.getLong("timeout_ms");
        return new Finished(
                row.getBoolean("done"),
                row.getLong("next"),
                row.getString("next_type"),
                row.getString("next_trace"),
                attempts == 0 ? ATTEMPTS : attempts,
                timeout == 0 ? TIMEOUT_MILLIS : timeout);
    }

    /** The trace goes on from whoever published the event, not from whoever had the one before it. */
    static Context context(@Nullable String trace) {
        return trace == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), Map.of("traceparent", trace), FromMap.INSTANCE);
    }

    private enum FromMap implements TextMapGetter<Map<String, String>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }
}
