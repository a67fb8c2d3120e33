package io.betrue.jobs.events;

import io.betrue.jobs.JobContext;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** One delivery of an event to a consumer. Valid while the handler runs, on the handler's thread. */
public interface EventContext {
    /** {@return the event's id: the same in each delivery and for each consumer; what effects outside of the database deduplicate by} */
    UUID id();

    /** {@return the code of the event's type} */
    String type();

    /** {@return whose turn it is to have the event} */
    String consumer();

    /** {@return the event's key, or empty where it has none} */
    Optional<String> key();

    /** {@return when it was written, by the database's clock; the transaction was committed later} */
    Instant publishedAt();

    /**
     * {@return the attempt of the job that brings the event: which it is, whether it is the last, whether it should end; and what can be thrown, as in
     * {@code throw context.job().failForGood("no such account")}}
     */
    JobContext job();

    /**
     * Gives the transaction in which it is noted that the consumer has had the event. It begins with the first call; what is written in it is committed with
     * the note when the handler has returned, and undone when the handler throws, or somebody else has had the event meanwhile. A handler that does not
     * ask for it holds no connection.
     *
     * @return a connection to the database of the events, in a transaction at READ COMMITTED; neither to be committed nor closed by the handler
     * @throws io.betrue.jobs.JobException if there is no connection
     */
    Connection connection();

    /**
     * {@return the same transaction for Jdbi, without the plugins and mappers of the application's own Jdbi; neither to be committed nor closed by the
     * handler}
     *
     * @throws io.betrue.jobs.JobException if there is no connection
     */
    Handle handle();
}
