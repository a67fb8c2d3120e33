package io.betrue.jobs.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.DeafListener;
import io.betrue.jobs.internal.NewJob;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A process that keeps a namespace up as a worker does, in a thread of its own, with a connection of its own. */
final class Keeper extends DeafListener implements AutoCloseable {
    /** Tests do not wait as long as what gets an alarm otherwise. */
    static final Duration ALARMS_FROM = Duration.ofSeconds(1);

    private static final AtomicLong WORKERS = new AtomicLong();

    final NatsStore store;
    final NatsUpkeep upkeep;
    final Semaphore asked = new Semaphore(0);
    private final Connection connection;
    private @Nullable Thread thread;
    private volatile boolean over;

    private Keeper(Connection connection, String namespace) {
        this.connection = connection;
        NatsJobsConfig config = new NatsJobsConfig().alarmsFrom(ALARMS_FROM);
        store = new NatsStore(connection, new Names(namespace), config.limits(), config.alarmsFrom());
        store.controls();
        upkeep = new NatsUpkeep(store, WORKERS.incrementAndGet(), this);
    }

    static Keeper of(String url, String namespace) {
        try {
            return new Keeper(
                    Nats.connect(new Options.Builder()
                            .server(url)
                            .maxReconnects(-1)
                            .reconnectWait(Duration.ofMillis(100))
                            .reconnectBufferSize(0)
                            .build()),
                    namespace);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Keeper start() {
        Thread started = new Thread(this::loop, "keeper");
        thread = started;
        started.setDaemon(true);
        started.start();
        return this;
    }

    private void loop() {
        while (!over) {
            Duration wait = Duration.ofMillis(200);
            try {
                wait = upkeep.run();
            } catch (JobException e) {
                // tries again
            }
            try {
                if (asked.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                    asked.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Ends the process as if it had been killed: nothing is said to anybody. */
    void kill() {
        over = true;
        asked.release();
        try {
            connection.close();
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            asked.release();
            upkeep.close();
            store.close();
            kill();
        }
    }

    long insert(NewJob job) {
        return store.insert(List.of(job)).get(0).id();
    }

    @Nullable
    Stored work(long id) {
        return store.wire().last(store.names().work, store.names().anyWork(id));
    }

    @Nullable
    Stored later(long id) {
        return store.wire().last(store.names().later, store.names().anyLater(id));
    }

    long count(String stream) {
        return store.wire()
                .api("STREAM.INFO." + stream, null)
                .path("state")
                .path("messages")
                .asLong();
    }

    static NewJob delayed(Duration delay) {
        return new NewJob("t", 1, "q", 0, 3, Duration.ofSeconds(30), "{}", List.of(), null, null, delay, null, null);
    }

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void upkeepNow() {
        asked.release();
    }
}
