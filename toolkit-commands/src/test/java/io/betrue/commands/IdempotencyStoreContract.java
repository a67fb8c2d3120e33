package io.betrue.commands;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.IdempotencyStore.Entry;
import io.betrue.commands.IdempotencyStore.Outcome;
import io.betrue.commands.IdempotencyStore.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        assertThat(store.begin("k", "one", ofHours(1)).state()).isEqualTo(State.NEW);
        assertThat(beside(store).begin("k", "two", ofHours(1))).isEqualTo(Entry.running("one"));
    }

    @Test
    void keepsHowACallEnded() {
        IdempotencyStore store = store();
        String token = taken(store, "one", ofHours(1));
        assertThat(beside(store).end("k", token, PAID, ofHours(1))).isTrue();
        assertThat(beside(store).begin("k", "two", ofHours(1))).isEqualTo(Entry.ended("one", PAID));
    }

    @Test
    void keepsAnOutcomeWithoutHeaders() {
        IdempotencyStore store = store();
        Outcome refused = new Outcome(409, Headers.of(Map.of()), "{}");
        store.end("k", taken(store, "one", ofHours(1)), refused, ofHours(1));
        assertThat(store.begin("k", "one", ofHours(1)).outcome()).isEqualTo(refused);
    }

    @Test
    void givesAKeyUp() {
        IdempotencyStore store = store();
        String token = taken(store, "one", ofHours(1));
        assertThat(beside(store).release("k", token)).isTrue();
        taken(beside(store), "two", ofHours(1));
    }

    @Test
    void givesTheKeyOfADeadProcessToTheNextWhenItsLeaseIsOver() {
        IdempotencyStore store = store();
        taken(store, "one", ofMillis(1));
        assertThat(awaitNew(beside(store), "two").fingerprint()).isEqualTo("two");
    }

    @Test
    void keepsAKeyForLongerForTheOneWhoHasIt() {
        IdempotencyStore store = store();
        String token = taken(store, "one", ofMillis(1));
        assertThat(beside(store).renew("k", token, ofHours(1))).isTrue();
        assertThat(store.renew("k", token, ofMillis(1)))
                .as("is never shortened")
                .isTrue();
        assertThat(beside(store).begin("k", "two", ofHours(1))).isEqualTo(Entry.running("one"));
        assertThat(store.end("k", token, PAID, ofHours(1))).isTrue();
        assertThat(store.renew("k", token, ofHours(1))).as("after its end").isFalse();
        assertThat(store.begin("k", "two", ofHours(1))).isEqualTo(Entry.ended("one", PAID));
    }

    @Test
    void keepsNoKeyForACallThatLostIt() {
        IdempotencyStore store = store();
        String late = taken(store, "one", ofMillis(1));
        String own = Objects.requireNonNull(awaitNew(beside(store), "two").token());
        assertThat(store.renew("k", late, ofHours(1))).isFalse();
        assertThat(store.release("k", own)).isTrue();
        assertThat(store.renew("k", own, ofHours(1))).isFalse();
        taken(beside(store), "three", ofHours(1));
    }

    @Test
    void theEndOfACallThatLostItsKeyChangesNothingOfTheOneThatHasIt() {
        IdempotencyStore store = store();
        String late = taken(store, "one", ofMillis(1));
        String own = Objects.requireNonNull(awaitNew(beside(store), "two").token());
        assertThat(own).isNotEqualTo(late);
        assertThat(store.end("k", late, new Outcome(200, Headers.NONE, "late"), ofHours(1)))
                .isFalse();
        assertThat(store.begin("k", "three", ofHours(1))).isEqualTo(Entry.running("two"));
        assertThat(store.end("k", own, PAID, ofHours(1))).isTrue();
        assertThat(store.end("k", late, new Outcome(200, Headers.NONE, "late"), ofHours(1)))
                .isFalse();
        assertThat(store.begin("k", "three", ofHours(1))).isEqualTo(Entry.ended("two", PAID));
    }

    @Test
    void theFailureOfACallThatLostItsKeyDoesNotGiveItUp() {
        IdempotencyStore store = store();
        String late = taken(store, "one", ofMillis(1));
        String own = Objects.requireNonNull(awaitNew(beside(store), "two").token());
        assertThat(store.release("k", late)).isFalse();
        assertThat(store.begin("k", "three", ofHours(1))).isEqualTo(Entry.running("two"));
        assertThat(store.end("k", own, PAID, ofHours(1))).isTrue();
        assertThat(store.release("k", own)).isFalse();
        assertThat(store.begin("k", "three", ofHours(1))).isEqualTo(Entry.ended("two", PAID));
    }

    @Test
    void forgetsAnOutcomeAfterItsTime() {
        IdempotencyStore store = store();
        store.end("k", taken(store, "one", ofHours(1)), PAID, ofMillis(1));
        assertThat(awaitNew(store, "two").fingerprint()).isEqualTo("two");
        assertThat(store.begin("k", "two", ofHours(1)).outcome()).isNull();
    }

    private static String taken(IdempotencyStore store, String fingerprint, Duration lease) {
        Entry entry = store.begin("k", fingerprint, lease);
        assertThat(entry.state()).isEqualTo(State.NEW);
        return Objects.requireNonNull(entry.token());
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
