package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Message schedules of nats-server 2.12 and later: beside a delayed job the server keeps a small message, its alarm, and tells any one worker when the time has
 * come. The job itself stays in its own stream, so an alarm may be lost, late or doubled: the leader moves what nobody has moved (decision 0143). Safe for use
 * by multiple threads.
 */
final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    /** How long the leader waits for whoever was told; alarms came up to 0.4 s late. */
    static final Duration GRACE = Duration.ofSeconds(2);

    /**
     * What is due sooner is the leader's: most are retries, whom the server would bring four times a second in bursts that hold up fresh jobs, and a new leader is there within 9 s.
     */
    static final Duration LEAST = Duration.ofSeconds(10);

    /** The server counts nanoseconds since 1970 in 63 bits, and takes later times for past ones. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final String MARK = "Job-Alarm";
    private static final int FIRST_LEVEL = 2; // of JetStream's interface: 2.12
    private static final int MOST_ON_THE_WAY = 2_000;

    private final Wire wire;
    private final Names names;
    private final ServerClock clock;
    private final @Nullable Duration least;
    private final AtomicInteger onTheWay = new AtomicInteger();
    private volatile boolean kept;
    private volatile boolean warned;

    /**
     * @param least the shortest wait that gets an alarm; null for none at all
     */
    Alarms(Wire wire, Names names, ServerClock clock, @Nullable Duration least) {
        this.wire = wire;
        this.names = names;
        this.clock = clock;
        this.least = least;
    }

    /** Finds out whether the server keeps alarms, and makes their stream. Does without them where that fails. */
    void look(Streams streams) {
        if (least == null) {
            return;
        }
        try {
            boolean able = wire.api("INFO", null).path("api").path("level").asInt() >= FIRST_LEVEL;
            if (able) {
                streams.ensureAlarms();
            }
            kept = able;
        } catch (JobException e) {
            kept = false;
            LOG.warn(
                    "NATS keeps no alarms for delayed jobs of {} until the next connection, so the leader alone moves them: {}",
                    names,
                    e.getMessage());
        }
    }

    /** The connection is lost: the next server may be another. */
    void doubt() {
        kept = false;
    }

    /** {@return whether the server keeps alarms} */
    boolean areKept() {
        return kept;
    }

    /** Sends a job to where it waits for its time, and has the server tell of that; completes when the job is kept. */
    CompletableFuture<Long> send(String subject, Headers headers, byte[] body, @Nullable Instant due) {
        if (due == null || !kept || !isWithin(due) || onTheWay.get() >= MOST_ON_THE_WAY) {
            return wire.send(subject, headers, body);
        }
        return wire.send(subject, headers.add(MARK, "1"), body).thenApply(sequence -> {
            set(sequence, due);
            return sequence;
        });
    }

    private boolean isWithin(Instant due) {
        return least != null && due.isBefore(LATEST) && due.isAfter(clock.now().plus(least));
    }

    /** Nobody waits for it: a job whose alarm is not kept is moved later, and not lost. */
    private void set(long sequence, Instant due) {
        Headers headers = new Headers().add("Nats-Schedule", "@at " + due).add("Nats-Schedule-Target", names.rung);
        byte[] body = Long.toString(sequence).getBytes(StandardCharsets.US_ASCII);
        onTheWay.incrementAndGet();
        CompletableFuture<?> unused = wire.send(names.alarm(sequence), headers, body)
                .whenComplete((number, failure) -> {
                    onTheWay.decrementAndGet();
                    if (failure != null) {
                        warn(failure);
                    }
                });
    }

    private void warn(Throwable failure) {
        if (!warned) {
            warned = true;
            LOG.warn("NATS did not keep an alarm; such jobs start up to {} late: {}", GRACE, failure.getMessage());
        } else {
            LOG.debug("NATS did not keep an alarm", failure);
        }
    }

    /** Takes back an alarm, as far as it is kept: the job is somewhere else. Nobody waits for it. */
    void takeBack(long sequence) {
        if (kept) {
            byte[] request = Wire.write(java.util.Map.of("filter", names.alarm(sequence)));
            CompletableFuture<?> unused = wire.ask("$JS.API.STREAM.PURGE." + names.alarms, null, request);
        }
    }

    /**
     * {@return when the leader moves a job that nobody has moved, in milliseconds since 1970} What is due already is moved at once: whoever was told of it may be gone.
     *
     * @param headers the job's
     * @param time when it is due
     */
    long leadersTime(@Nullable Headers headers, long time) {
        boolean told = kept && headers != null && headers.containsKey(MARK);
        return told && time > clock.now().toEpochMilli() ? time + GRACE.toMillis() : time;
    }
}
