package io.betrue.examples.loadclient;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of a history. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Run.class, name = "run"),
    @JsonSubTypes.Type(value = Event.Invoke.class, name = "invoke"),
    @JsonSubTypes.Type(value = Event.Complete.class, name = "complete")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface Event {

    /**
     * When something took place.
     *
     * @param mono nanoseconds since the run began, by a clock that never goes back
     * @param wall the UTC time of day in ISO 8601
     */
    record Moment(long mono, String wall) {}

    /**
     * The first line.
     *
     * @param run what this run's e-mail addresses and keys have in common
     * @param seed what the requests are drawn from
     */
    record Run(int version, String run, String url, long seed, double rate, List<Currency> currencies)
            implements Event {}

    /**
     * A request is about to be sent.
     *
     * @param op the operation; one operation may be attempted several times
     * @param attempt from 1
     * @param user the id of the caller
     * @param effect what it asks for; null for a request that asks for no change
     * @param trace the trace id it is sent with
     */
    record Invoke(
            long op, int attempt, String kind, String user, Call.Write.@Nullable Effect effect, String trace, Moment at)
            implements Event {}

    /**
     * A request came to its end.
     *
     * @param answer status and code, or the name of the loss
     * @param balance the balance that a write was answered with
     * @param lowest the lowest balance anywhere in the answer
     */
    record Complete(
            long op,
            int attempt,
            Outcome outcome,
            String answer,
            @Nullable String balance,
            @Nullable String lowest,
            Moment at)
            implements Event {}
}
