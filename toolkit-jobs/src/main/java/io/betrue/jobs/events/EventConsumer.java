package io.betrue.jobs.events;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A named consumer and what it does with events. Made by {@link Events#consumer(String)}; changed by one thread, before the events are declared or started.
 */
public final class EventConsumer {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Backoff BACKOFF = Backoff.exponential(Duration.ofSeconds(2), Duration.ofMinutes(10));
    private static final int MOST_SLOTS = 10_000;

    private final String name;
    private final Runnable change;
    private final Map<String, Subscription<?>> subscriptions = new LinkedHashMap<>();
    private JobType<Turn> treatment;
    private int slots = 8;
    private boolean ordered = true;
    private boolean history;

    /** A type of events, and what is done with them. */
    record Subscription<T>(EventType<T> type, EventHandler<? super T> handler) {}

    EventConsumer(String name, String queue, Runnable change) {
        this.name = name;
        this.change = change;
        this.treatment =
                JobType.of(queue, Turn.class).queue(queue).retries(BACKOFF, 20).timeout(TIMEOUT);
    }

    /**
     * Takes events of a type.
     *
     * @param type the type
     * @param handler what is done with each
     * @param <T> what they carry
     * @return this
     * @throws IllegalArgumentException if the consumer takes events of this type already
     * @throws IllegalStateException if the events are declared or started
     */
    public <T> EventConsumer on(EventType<T> type, EventHandler<? super T> handler) {
        change.run();
        Objects.requireNonNull(handler, "handler");
        if (subscriptions.putIfAbsent(type.code(), new Subscription<>(type, handler)) != null) {
            throw new IllegalArgumentException("consumer " + name + " takes events of type " + type + " already");
        }
        return this;
    }

    /**
     * Takes events of a type, with what needs to know nothing but the event.
     *
     * @param type the type
     * @param handler what is done with each, at least once
     * @param <T> what they carry
     * @return this
     * @throws IllegalArgumentException if the consumer takes events of this type already
     * @throws IllegalStateException if the events are declared or started
     */
    public <T> EventConsumer on(EventType<T> type, Consumer<? super T> handler) {
        Objects.requireNonNull(handler, "handler");
        return on(type, (EventHandler<T>) (context, event) -> handler.accept(event));
    }

    /**
     * Sets how often, and after which waits, a failing event is tried; 20 times by default, after 2 seconds doubling to 10 minutes: about two hours. Later
     * events of its key wait meanwhile.
     *
     * @param backoff the waits
     * @param attempts all attempts, the first included, 1 to 1,000; after the last the event is dead
     * @return this
     * @throws IllegalArgumentException if {@code attempts} is out of range
     */
    public EventConsumer retries(Backoff backoff, int attempts) {
        change.run();
        treatment = treatment.retries(backoff, attempts);
        return this;
    }

    /**
     * Sets how long the handler may take; a minute by default. When it is over the handler is interrupted and the attempt has failed.
     *
     * @param timeout longer than zero, at most 7 days
     * @return this
     * @throws IllegalArgumentException if {@code timeout} is out of range
     */
    public EventConsumer timeout(Duration timeout) {
        change.run();
        treatment = treatment.timeout(timeout);
        return this;
    }

    /**
     * Sets how many events, each of another key, the consumer takes at once in this process; 8 by default.
     *
     * @param most 1 to 10,000
     * @return this
     * @throws IllegalArgumentException if {@code most} is out of range
     */
    public EventConsumer slots(int most) {
        change.run();
        if (most < 1 || most > MOST_SLOTS) {
            throw new IllegalArgumentException(
                    "slots of consumer " + name + " must be 1 to " + MOST_SLOTS + ", was " + most);
        }
        slots = most;
        return this;
    }

    /**
     * Keeps no order, whatever keys events have: none waits for another, and a dead one holds nobody up. For what only sends, as mail. Counts for events
     * that are published after the consumer was declared so.
     *
     * @return this
     */
    public EventConsumer unordered() {
        change.run();
        ordered = false;
        return this;
    }

    /**
     * Lets the consumer have, when it is declared for a type for the first time, the events of that type that are still kept, before all later ones.
     * Publishers wait while this is written, and it waits for transactions that have published and not ended.
     *
     * @return this
     */
    public EventConsumer withHistory() {
        change.run();
        history = true;
        return this;
    }

    /** {@return what it is called} */
    public String name() {
        return name;
    }

    Map<String, Subscription<?>> subscriptions() {
        return Map.copyOf(subscriptions);
    }

    JobType<Turn> treatment() {
        return treatment;
    }

    int slots() {
        return slots;
    }

    boolean isOrdered() {
        return ordered;
    }

    boolean hasHistory() {
        return history;
    }
}
