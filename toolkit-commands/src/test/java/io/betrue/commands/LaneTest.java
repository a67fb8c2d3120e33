package io.betrue.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Queue<Runnable> threads = new ArrayDeque<>(); // each is a thread that has not begun
    private final Lane lane = new Lane(threads::add, 1, 10);
    private final List<String> done = new ArrayList<>();

    @Test
    void aTaskThatFailsTakesNeitherTheNextNorItsPlaceWithIt() {
        lane.submit(() -> {
            throw new StackOverflowError("of a task");
        });
        lane.submit(() -> done.add("waited"));
        Objects.requireNonNull(threads.poll()).run();
        assertThat(done).containsExactly("waited");
        lane.submit(() -> done.add("later"));
        Objects.requireNonNull(threads.poll()).run();
        assertThat(done).containsExactly("waited", "later");
    }
}
