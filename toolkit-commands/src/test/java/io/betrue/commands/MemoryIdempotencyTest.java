package io.betrue.commands;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.IdempotencyStore.State;
import org.junit.jupiter.api.Test;

class MemoryIdempotencyTest extends IdempotencyStoreContract {
    @Override
    protected IdempotencyStore store() {
        return IdempotencyStore.inMemory(100);
    }

    @Override
    protected IdempotencyStore beside(IdempotencyStore store) {
        return store;
    }

    @Test
    void forgetsTheOldestBeyondItsSize() {
        IdempotencyStore store = IdempotencyStore.inMemory(2);
        for (String key : new String[] {"a", "b", "c"}) {
            store.begin(key, "f", ofHours(1));
        }
        assertThat(store.begin("b", "f", ofHours(1)).state()).isEqualTo(State.RUNNING);
        assertThat(store.begin("a", "f", ofHours(1)).state()).isEqualTo(State.NEW);
    }
}
