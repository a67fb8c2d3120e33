package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.internal.Lane;
import io.betrue.jobs.internal.StoreSession;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Jobs that are delivered to a worker which has free slots, but none for their type. */
class NatsWithheldIT extends SessionFixture {
    private static final int SLOTS = 8;
    private static final Lane OTHERS = new Lane("q", SLOTS - 1, null, Set.of("t"));
    private static final Lane LIMITED = new Lane("q", 1, "t", Set.of());

    @Test
    void aWorkerKeepsNoMoreOfThemThanItHasFreeSlotsAndOthersAreGivenMore() {
        store.insert(Collections.nCopies(40, job(null)));
        NatsSession busy = (NatsSession) open("busy", new Ear());
        assertThat(busy.claim(List.of(OTHERS, LIMITED))).hasSize(1); // its type has no more room

        for (int i = 0; i < 5; i++) {
            assertThat(busy.claim(List.of(OTHERS))).isEmpty();
            until(() -> busy.held.all().size() <= SLOTS);
            busy.beat(false, 1);
        }

        StoreSession other = open("other", new Ear());
        assertThat(succeed(other, awaitJob(other), "1")).isEmpty();
    }
}
