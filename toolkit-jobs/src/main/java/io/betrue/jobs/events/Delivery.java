package io.betrue.jobs.events;

import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** One run of a consumer's handler. Used by one thread. */
final class Delivery implements EventContext {
    private final String consumer;
    private final Deliveries.Taken event;
    private final JobContext job;
    private final Transaction transaction;
    private final EventsSchema schema;
    private @Nullable Handle handle;

    Delivery(String consumer, Deliveries.Taken event, JobContext job, Transaction transaction, EventsSchema schema) {
        this.consumer = consumer;
        this.event = event;
        this.job = job;
        this.transaction = transaction;
        this.schema = schema;
    }

    @Override
    public UUID id() {
        return event.id();
    }

    @Override
    public String type() {
        return event.type();
    }

    @Override
    public String consumer() {
        return consumer;
    }

    @Override
    public Optional<String> key() {
        return Optional.ofNullable(event.key());
    }

    @Override
    public Instant publishedAt() {
        return event.publishedAt();
    }

    @Override
    public JobContext job() {
        return job;
    }

    @Override
    public Connection connection() {
        try {
            return transaction.connection();
        } catch (SQLException e) {
            throw schema.failure("begin the transaction of an event", e);
        }
    }

    @Override
    public Handle handle() {
        Handle open = handle;
        if (open == null) {
            open = Jdbi.create(connection()).open();
            handle = open;
        }
        return open;
    }

    /** {@return what to throw when a consumer is asked for a type that it does not know} */
    JobException unknown() {
        return new JobException("consumer " + consumer + " does not take events of type " + event.type()
                + " in this process; a newer one may");
    }
}
