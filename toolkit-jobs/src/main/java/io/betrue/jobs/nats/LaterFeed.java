package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.jobs.JobException;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears when each delayed job becomes due: follows the header fields of all that comes into their stream. The client keeps the order and asks again for what
 * was lost; this makes sure of it each ten seconds, and reads all anew after each reconnection, since a server that lost power may have given numbers twice.
 * Opened, checked and closed by one thread at a time.
 */
final class LaterFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaterFeed.class);
    private static final long BETWEEN_CHECKS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int SPARE = 100_000;

    private final Wire wire;
    private final Names names;
    private final Alarms alarms;
    private final DueHeap heap;
    private final LongConsumer due;
    private @Nullable Hearing hearing;
    private long reconnects;
    private long checked;
    private long seenThen;

    /**
     * Makes a feed that is closed.
     *
     * @param heap takes what is heard
     * @param due is told the time of each, in milliseconds since 1970
     */
    LaterFeed(NatsStore store, DueHeap heap, LongConsumer due) {
        this.wire = store.wire();
        this.names = store.names();
        this.alarms = store.alarms();
        this.heap = heap;
        this.due = due;
    }

    /** Begins to listen, or makes sure that nothing was missed. */
    void keep() {
        Hearing now = hearing;
        long connections = wire.connection.getStatistics().getReconnects();
        if (now == null || connections != reconnects) {
            restart(1);
            reconnects = connections;
        } else if (System.nanoTime() - checked > BETWEEN_CHECKS) {
            check(now);
        }
    }

    private void check(Hearing now) {
        long seen = now.seen;
        JsonNode state = wire.api("STREAM.INFO." + names.later, null).path("state");
        long last = state.path("last_seq").asLong();
        long messages = state.path("messages").asLong();
        if (last < seen || heap.size() > 2 * messages + SPARE || (seen >= last && heap.size() < messages)) {
            LOG.info("Reads the {} delayed jobs of {} anew", messages, names);
            restart(1);
        } else if (seen < last && seen == seenThen && wire.next(names.later, seen + 1, names.allLater()) != null) {
            LOG.info("Reads the delayed jobs of {} from {} on anew", names, seen + 1);
            restart(seen + 1);
        } else {
            checked = System.nanoTime();
            seenThen = seen;
        }
    }

    private void restart(long from) {
        close();
        if (from == 1) {
            heap.clear();
        }
        Hearing next = new Hearing(from - 1);
        hearing = next;
        try {
            next.begin(from);
            JsonNode state = wire.api("STREAM.INFO." + names.later, null).path("state");
            if (state.path("messages").asLong() > 0 && state.path("last_seq").asLong() >= from) {
                next.awaitAll();
            }
        } catch (JobException e) {
            close();
            throw e;
        }
        checked = System.nanoTime();
        seenThen = next.seen;
    }

    @Override
    public void close() {
        Hearing now = hearing;
        hearing = null;
        if (now != null) {
            now.end();
        }
    }

    /** One subscription. */
    private final class Hearing {
        private final CountDownLatch all = new CountDownLatch(1);
        private volatile long seen;
        private volatile boolean over;
        private @Nullable Dispatcher dispatcher;
        private @Nullable JetStreamSubscription subscription;

        Hearing(long seen) {
            this.seen = seen;
        }

        void begin(long from) {
            ConsumerConfiguration wanted = ConsumerConfiguration.builder()
                    .headersOnly(true)
                    .deliverPolicy(DeliverPolicy.ByStartSequence)
                    .startSequence(from)
                    .idleHeartbeat(HEARTBEAT)
                    .build();
            PushSubscribeOptions options = PushSubscribeOptions.builder().stream(names.later)
                    .ordered(true)
                    .configuration(wanted)
                    .build();
            try {
                Dispatcher thread = wire.connection.createDispatcher();
                dispatcher = thread;
                subscription =
                        wire.connection.jetStream().subscribe(names.allLater(), thread, this::hear, false, options);
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                throw new JobException("NATS did not let the delayed jobs be followed: " + e.getMessage(), e);
            }
        }

        private void hear(Message message) {
            if (over || !message.isJetStream()) {
                return;
            }
            NatsJetStreamMetaData data = message.metaData();
            long time = time(message);
            heap.add(time, data.streamSequence());
            seen = data.streamSequence();
            due.accept(time);
            if (data.pendingCount() == 0) {
                all.countDown();
            }
        }

        private long time(Message message) {
            try {
                Instant time = JobMessages.runAt(message.getHeaders());
                return time == null ? 0 : alarms.leadersTime(message.getHeaders(), time.toEpochMilli());
            } catch (RuntimeException e) {
                LOG.warn("A message of {} says no time that can be read: {}", names.later, message.getSubject(), e);
                return Long.MAX_VALUE;
            }
        }

        /** What was there at the beginning should be known soon; there may be much of it, so nobody waits for ever. */
        void awaitAll() {
            try {
                if (!all.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.debug("Reads the delayed jobs of {}", names);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JobException("interrupted while the delayed jobs were read", e);
            }
        }

        void end() {
            over = true;
            Dispatcher thread = dispatcher;
            try {
                if (thread != null) {
                    if (subscription != null) {
                        thread.unsubscribe(subscription);
                    }
                    wire.connection.closeDispatcher(thread);
                }
            } catch (IllegalStateException | IllegalArgumentException e) {
                LOG.debug("Nothing to unsubscribe", e);
            }
        }
    }
}
