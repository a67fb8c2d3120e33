package io.betrue.jobs.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DueHeapTest {
    private final DueHeap heap = new DueHeap();

    @Test
    void givesTheEarliestFirstAndAmongThemTheOldest() {
        Random random = new Random(7);
        List<DueHeap.Due> all = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            all.add(new DueHeap.Due(random.nextInt(1_000), i));
        }
        all.forEach(heap::add);
        List<DueHeap.Due> taken = new ArrayList<>(heap.take(499, 100));
        assertThat(taken).hasSize(100);
        taken.addAll(heap.take(499, 5_000));
        assertThat(taken).allMatch(due -> due.time() <= 499);
        assertThat(heap.first()).isEqualTo(500);
        taken.addAll(heap.take(1_000, 5_000));
        all.sort(Comparator.comparingLong(DueHeap.Due::time).thenComparingLong(DueHeap.Due::sequence));
        assertThat(taken).isEqualTo(all);
        assertThat(heap.first()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void forgetsAll() {
        heap.add(1, 1);
        heap.clear();
        assertThat(heap.size()).isZero();
        assertThat(heap.take(Long.MAX_VALUE, 1)).isEmpty();
    }
}
