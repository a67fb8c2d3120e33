package io.betrue.commands.hub.nats;

import io.betrue.commands.hub.Broadcaster;
import io.betrue.commands.hub.HistoryLimits;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins hubs over NATS: a JetStream stream numbers the messages of all rooms and keeps the latest, and its server sends each on, with its number and that of the one
 * before it in the room, to those hubs where somebody is in the room. Needs nats-server 2.9 or later with JetStream. Safe for use by multiple threads.
 * <pre>{@code
 * Hub hub = Hub.of(h -> h.broadcaster(NatsBroadcaster.of(nats, n -> n.namespace("shop"))));
 * }</pre>
 * <p>While the server is away, whatever is published fails at once as UNAVAILABLE. When it is back, each room is read again from where it was left.
 */
public final class NatsBroadcaster implements Broadcaster {
    private static final Logger log = LoggerFactory.getLogger(NatsBroadcaster.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int EPOCH_BYTES = 8;
    private static final Duration TICK = Duration.ofMillis(500);
    private static final int RENEW_TICKS = 60;

    final Connection connection;
    final Subjects subjects;
    final RoomStream stream;
    final Duration timeout;
    /** The greatest number that was seen. */
    final AtomicLong highest = new AtomicLong();

    final Set<NatsLink> links = ConcurrentHashMap.newKeySet();

    private final HistoryLimits limits;
    private final ConnectionListener events = this::event;
    private final AtomicBoolean restoring = new AtomicBoolean();
    private final AtomicLong interruptions = new AtomicLong(1);
    private final ScheduledThreadPoolExecutor timer;
    private final Dispatcher epochs;
    private volatile long certain; // the interruption after which all is well again
    private volatile String epoch = "";
    private int ticks;

    private NatsBroadcaster(Connection connection, NatsBroadcasterConfig config) {
        this.connection = connection;
        subjects = new Subjects(config.namespace);
        stream = new RoomStream(connection, subjects, config);
        timeout = config.timeout;
        limits = config.limits;
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "hub-nats-" + config.namespace);
            thread.setDaemon(true);
            return thread;
        });
        epochs = connection.createDispatcher(message -> {
            if (isCertain() && !epoch.equals(new String(message.getData(), StandardCharsets.UTF_8))) {
                doubt();
            }
        });
        boolean made = false;
        try {
            epochs.subscribe(subjects.liveEpoch);
            connection.addConnectionListener(events);
            restore();
            ScheduledFuture<?> unused =
                    timer.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
            made = true;
        } finally {
            if (!made) {
                close();
            }
        }
    }

    /**
     * Joins hubs over a connection, which stays the application's own.
     *
     * @param connection a connection; it should try to reconnect for ever ({@code maxReconnects(-1)})
     * @param config says how
     * @return the broadcaster; while the server is away it works as soon as that is back
     * @throws IllegalStateException if the stream of that name is somebody else's
     */
    public static NatsBroadcaster of(Connection connection, Consumer<NatsBroadcasterConfig> config) {
        NatsBroadcasterConfig wanted = new NatsBroadcasterConfig();
        config.accept(wanted);
        return new NatsBroadcaster(connection, wanted);
    }

    @Override
    public HistoryLimits limits() {
        return limits;
    }

    @Override
    public Link link(String node, Listener listener) {
        NatsLink link = new NatsLink(this, node, listener);
        links.add(link);
        return link;
    }

    void forget(NatsLink link) {
        links.remove(link);
    }

    String epoch() {
        return epoch;
    }

    /** {@return which interruption was the last; changed, what was read meanwhile is worth nothing} */
    long interruption() {
        return interruptions.get();
    }

    boolean isCertain() {
        return certain == interruptions.get();
    }

    boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    static ProblemException unavailable(Throwable cause) {
        return StandardError.UNAVAILABLE.problem().cause(cause).toException();
    }

    private void event(Connection of, ConnectionListener.Events event) {
        switch (event) {
            case DISCONNECTED, CLOSED -> interrupt();
            case RECONNECTED -> interrupt();
            case RESUBSCRIBED -> restoreSoon();
            default -> {}
        }
    }

    private void interrupt() {
        interruptions.incrementAndGet();
        links.forEach(link -> link.listener.interrupted());
    }

    /** Something does not fit: all is read again. */
    void doubt() {
        interrupt();
        restoreSoon();
    }

    private void restoreSoon() {
        if (restoring.compareAndSet(false, true)) {
            try {
                timer.execute(() -> {
                    restoring.set(false);
                    tryToRestore();
                });
            } catch (RejectedExecutionException closed) {
                log.debug("the broadcaster is closed", closed);
            }
        }
    }

    private void tryToRestore() {
        try {
            restore();
        } catch (RuntimeException e) { // whatever it is, the timer goes on
            log.error("Rooms cannot be read: {}", e.getMessage(), e);
        }
    }

    private void restore() {
        long now = interruptions.get();
        if (!isConnected()) {
            return;
        }
        try {
            long seen = highest.get(); // before the stream is asked: what comes meanwhile has greater numbers than its
            // answer
            long last = stream.ensure();
            boolean again = last < seen; // numbers that were given out are given out again
            String fresh = HexFormat.of().formatHex(random());
            String found = stream.epoch(again ? epoch : "", fresh);
            if (!found.equals(epoch)) {
                highest.set(last);
                epoch = found;
            }
            certain = now;
            if (isCertain()) {
                links.forEach(link -> link.listener.restored());
            } else {
                restoreSoon();
            }
        } catch (IOException | JetStreamApiException e) {
            log.warn("NATS does not answer as it should, tried again soon: {}", e.getMessage());
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[EPOCH_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private void tick() {
        if (!isCertain()) {
            tryToRestore();
        } else if (links.stream().anyMatch(NatsLink::hasDropped)) {
            log.warn("Messages of rooms came faster than they were taken; rooms are read again");
            doubt();
        } else if (++ticks % RENEW_TICKS == 0) {
            try {
                stream.renewEpoch(epoch);
            } catch (IOException | JetStreamApiException | RuntimeException e) {
                log.debug("the epoch is renewed later", e);
            }
        }
    }

    /** Ends the threads and subscriptions; the connection stays. */
    @Override
    public void close() {
        timer.shutdownNow();
        links.forEach(NatsLink::close);
        connection.removeConnectionListener(events);
        if (connection.getStatus() != Connection.Status.CLOSED && epochs.isActive()) {
            connection.closeDispatcher(epochs);
        }
    }
}
