package io.betrue.commands.ws;

import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Deadline;
import io.betrue.commands.Headers;
import io.betrue.commands.internal.Outbox;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.betrue.errors.WebSocketClose;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The connections of one server. Safe for use by multiple threads. */
final class Sockets {
    private static final String LANGUAGE = "accept-language";
    private static final Set<String> HEADERS =
            Set.of("authorization", LANGUAGE, "idempotency-key", "traceparent", "tracestate", "baggage");
    private static final Duration COME_BACK = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final WebSocketClose GOING = new WebSocketClose(1001, "UNAVAILABLE: The server is stopping.");
    private static final long LONGEST_LOOK = 1_000;
    private static final long SHORTEST_LOOK = 10;

    private final Commands commands;
    private final Settings settings;
    private final Set<String> headers = new HashSet<>(HEADERS);
    private final Set<String> withoutCredentials;
    private final Set<String> streaming;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<String, Socket> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> addresses = new ConcurrentHashMap<>();
    private final Object change = new Object();
    private final SocketMetrics metrics;
    private volatile boolean stopping;

    Sockets(Commands commands, Settings settings) {
        this.commands = commands;
        this.settings = settings;
        this.metrics = new SocketMetrics(settings.telemetry(), open::size);
        headers.addAll(commands.travelling());
        headers.addAll(settings.headers());
        withoutCredentials =
                headers.stream().filter(name -> !name.equals("authorization")).collect(Collectors.toUnmodifiableSet());
        streaming = commands.types().stream()
                .filter(type -> (type.takesContent() || type.givesContent()) && !type.isInternal())
                .map(CommandType::address)
                .collect(Collectors.toUnmodifiableSet());
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "websocket-heart-beat");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        long shorter =
                Math.min(settings.heartbeat().toMillis(), settings.patience().toMillis());
        long look = Math.max(SHORTEST_LOOK, Math.min(LONGEST_LOOK, shorter / 4));
        Future<?> unused = timer.scheduleWithFixedDelay(this::beat, look, look, TimeUnit.MILLISECONDS);
    }

    Commands commands() {
        return commands;
    }

    Settings settings() {
        return settings;
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    Collection<String> headers() {
        return headers;
    }

    Collection<String> withoutCredentials() {
        return withoutCredentials;
    }

    /** {@return a problem with the texts of the application, in a language that headers ask for} */
    Problem told(Problem problem, Headers headers) {
        return commands.catalogue().localise(problem, headers.get(LANGUAGE)).problem();
    }

    boolean streams(String address) {
        return streaming.contains(address);
    }

    int count() {
        return open.size();
    }

    private void beat() {
        long now = System.nanoTime();
        open.values().forEach(socket -> socket.beat(now));
    }

    // ---- coming and going

    /** {@return why a client of that address may not connect now, or null} */
    @Nullable
    Problem refusal(String peer) {
        boolean full = open.size() >= settings.maxConnections()
                || addresses.getOrDefault(peer, 0) >= settings.maxConnectionsPerAddress();
        return stopping || full
                ? StandardError.UNAVAILABLE.problem().retryAfter(COME_BACK).build()
                : null;
    }

    Socket open(String id, String peer, Headers own, Outbox.Wire wire) {
        Socket socket = new Socket(id, peer, own, this, new Outbox(wire, settings.maxUnsent(), timer));
        Problem refusal = refusal(peer); // many may have asked at the same time
        open.put(id, socket);
        addresses.merge(peer, 1, Integer::sum);
        if (refusal == null) {
            socket.send(Written.hello(settings));
        } else {
            socket.close(refusal);
        }
        return socket;
    }

    @Nullable
    Socket find(String id) {
        return open.get(id);
    }

    void closed(String id) {
        Socket socket = open.remove(id);
        if (socket != null) {
            addresses.computeIfPresent(socket.peer(), (peer, count) -> count == 1 ? null : count - 1);
            socket.closed();
            metrics.ended(socket.endedBy());
            answered();
        }
    }

    /** Something ended that a stop may wait for. */
    void answered() {
        if (stopping) {
            synchronized (change) {
                change.notifyAll();
            }
        }
    }

    // ---- the stop

    /** Tells all clients to go elsewhere, waits for their calls, and closes what is left. */
    void stop() {
        synchronized (this) {
            if (stopping) {
                return;
            }
            stopping = true;
        }
        Deadline end = Deadline.in(settings.stopTimeout());
        open.values().forEach(socket -> socket.send(Written.going(settings)));
        await(end.within(settings.goingWithin()), socket -> true);
        await(end, Socket::hasCalls);
        Problem gone = StandardError.UNAVAILABLE.problem().retryAfter(COME_BACK).build();
        open.values().forEach(socket -> {
            socket.abandonCalls(gone);
            socket.close(GOING);
        });
        await(Deadline.in(CLOSING), socket -> true);
        timer.shutdown();
        metrics.close();
    }

    /** Waits until no connection is as it is said, or the time is over. */
    private void await(Deadline end, Predicate<Socket> waitedFor) {
        synchronized (change) {
            try {
                while (!end.isExpired() && open.values().stream().anyMatch(waitedFor)) {
                    change.wait(end.remaining().toMillis() + 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
