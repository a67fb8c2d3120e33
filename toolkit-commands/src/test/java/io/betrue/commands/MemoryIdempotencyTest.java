package io.betrue.commands;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.commands.IdempotencyStore.Entry;
import io.betrue.commands.IdempotencyStore.Outcome;
import io.betrue.commands.IdempotencyStore.State;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryIdempotencyTest extends IdempotencyStoreContract {
    private static final Outcome DONE = new Outcome(200, Headers.NONE, "{}");

    @Override
    protected IdempotencyStore store() {
        return IdempotencyStore.inMemory(100);
    }

    @Override
    protected IdempotencyStore beside(IdempotencyStore store) {
        return store;
    }

    private static Entry begin(IdempotencyStore store, String key) {
        return store.begin(key, "f", ofHours(1));
    }

    private static void done(IdempotencyStore store, String key) {
        String token = Objects.requireNonNull(begin(store, key).token());
        assertThat(store.end(key, token, DONE, ofHours(1))).isTrue();
    }

    @Test
    void forgetsTheFirstThatEndedBeyondItsSize() {
        IdempotencyStore store = IdempotencyStore.inMemory(3);
        begin(store, "runs");
        done(store, "a");
        done(store, "b");
        done(store, "c");
        assertThat(begin(store, "b").state()).isEqualTo(State.ENDED);
        assertThat(begin(store, "c").state()).isEqualTo(State.ENDED);
        assertThat(begin(store, "runs").state()).isEqualTo(State.RUNNING);
        assertThat(begin(store, "a").state()).isEqualTo(State.NEW);
    }

    @Test
    void refusesAKeyRatherThanForgettingACallThatRuns() {
        IdempotencyStore store = IdempotencyStore.inMemory(2);
        begin(store, "a");
        String token = Objects.requireNonNull(begin(store, "b").token());
        assertThatThrownBy(() -> begin(store, "c"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(StandardError.UNAVAILABLE));
        assertThat(store.release("b", token)).isTrue();
        assertThat(begin(store, "c").state()).isEqualTo(State.NEW);
        assertThat(begin(store, "a").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void forgetsACallWhoseLeaseIsOver() {
        AtomicLong now = new AtomicLong();
        IdempotencyStore store = new MemoryIdempotency(1, now::get);
        begin(store, "a");
        now.addAndGet(ofHours(1).toNanos());
        assertThat(begin(store, "b").state()).isEqualTo(State.NEW);
    }

    @Test
    void keepsHowACallEndedThatOutlivedItsLeaseWhereNobodyTookItsKey() {
        AtomicLong now = new AtomicLong();
        IdempotencyStore store = new MemoryIdempotency(1, now::get);
        String token = Objects.requireNonNull(begin(store, "a").token());
        now.addAndGet(ofHours(2).toNanos());
        assertThat(store.end("a", token, DONE, ofHours(1))).isTrue();
        assertThat(begin(store, "a").state()).isEqualTo(State.ENDED);
    }
}
