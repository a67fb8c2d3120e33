package io.betrue.commands;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.IdempotencyStore.Entry;
import io.betrue.commands.IdempotencyStore.Outcome;
import io.betrue.commands.IdempotencyStore.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store of idempotency keys keeps. */
public abstract class IdempotencyStoreContract {
    private static final Outcome PAID =
            new Outcome(201, Headers.of("location", "/payments/17"), "{\"paid\":\"Grüße \uD83D\uDE00\"}");

    /** {@return a store that knows no key} */
    protected abstract IdempotencyStore store();

    /** {@return another store with the same keys, as another process has it; the same one where keys are in memory} */
    protected abstract IdempotencyStore beside(IdempotencyStore store);

    @Test
    void oneOfManyTakesAKey() throws Exception {
        IdempotencyStore store = store();
        IdempotencyStore other = beside(store);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 25; round++) {
                String key = "race " + round;
                List<Callable<State>> calls = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    IdempotencyStore mine = i % 2 == 0 ? store : other;
                    calls.add(() -> mine.begin(key, "f", ofHours(1)).state());
                }
                List<State> states = new ArrayList<>();
                for (Future<State> state : threads.invokeAll(calls, 30, TimeUnit.SECONDS)) {
                    states.add(state.get());
                }
                assertThat(states).containsOnly(State.NEW, State.RUNNING).containsOnlyOnce(State.NEW);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void saysWhatTheFirstCallIsDoing() {
        IdempotencyStore store = store();
        assertThat(store.begin("k", "one", ofHours(1))).isEqualTo(new Entry(State.NEW, "one", null));
        assertThat(beside(store).begin("k", "two", ofHours(1))).isEqualTo(new Entry(State.RUNNING, "one", null));
    }

    @Test
    void keepsHowACallEnded() {
        IdempotencyStore store = store();
        store.begin("k", "one", ofHours(1));
        store.end("k", PAID, ofHours(1));
        assertThat(beside(store).begin("k", "two", ofHours(1))).isEqualTo(new Entry(State.ENDED, "one", PAID));
    }

    @Test
    void keepsAnOutcomeWithoutHeaders() {
        IdempotencyStore store = store();
        Outcome refused = new Outcome(409, Headers.of(Map.of()), "{}");
        store.begin("k", "one", ofHours(1));
        store.end("k", refused, ofHours(1));
        assertThat(store.begin("k", "one", ofHours(1)).outcome()).isEqualTo(refused);
    }

    @Test
    void givesAKeyUp() {
        IdempotencyStore store = store();
        store.begin("k", "one", ofHours(1));
        store.release("k");
        assertThat(beside(store).begin("k", "two", ofHours(1))).isEqualTo(new Entry(State.NEW, "two", null));
    }

    @Test
    void givesTheKeyOfADeadProcessToTheNextWhenItsLeaseIsOver() {
        IdempotencyStore store = store();
        store.begin("k", "one", ofMillis(1));
        assertThat(awaitNew(beside(store), "two").fingerprint()).isEqualTo("two");
    }

    @Test
    void forgetsAnOutcomeAfterItsTime() {
        IdempotencyStore store = store();
        store.begin("k", "one", ofHours(1));
        store.end("k", PAID, ofMillis(1));
        assertThat(awaitNew(store, "two")).isEqualTo(new Entry(State.NEW, "two", null));
        assertThat(store.begin("k", "two", ofHours(1)).outcome()).isNull();
    }

    private static Entry awaitNew(IdempotencyStore store, String fingerprint) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Entry entry = store.begin("k", fingerprint, ofHours(1));
        while (entry.state() != State.NEW && System.nanoTime() < end) {
            entry = store.begin("k", fingerprint, ofHours(1));
        }
        assertThat(entry.state()).isEqualTo(State.NEW);
        return entry;
    }
}
