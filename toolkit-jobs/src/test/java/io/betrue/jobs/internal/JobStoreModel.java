package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done in whatever order, a store answers and stands as the one in memory does. What is done is drawn from a seed; a failure names the seed and
 * what was done last. {@code -Djobs.model.seed=7} runs one seed, {@code -Djobs.model.seeds=500} runs that many, {@code -Djobs.model.steps=1000} makes them longer.
 */
public abstract class JobStoreModel {
    private static final int COMPARED_EVERY = 10;
    private int claims;

    /** {@return the store under test, emptied} */
    protected abstract JobStore emptied();

    /** Sets the clock of the store under test. */
    protected abstract void setClock(Instant now);

    /** Looks at what only this kind of store has. */
    protected void inspect() {}

    @Test
    void doesWhatTheStoreInMemoryDoes() {
        Integer seed = Integer.getInteger("jobs.model.seed");
        int steps = Integer.getInteger("jobs.model.steps", 300);
        if (seed != null) {
            run(seed, steps, 1);
            return;
        }
        claims = 0;
        int seeds = Integer.getInteger("jobs.model.seeds", 20);
        for (int next = 1; next <= seeds; next++) {
            check(next, steps);
        }
        assertThat(claims).as("jobs claimed in " + seeds + " seeds").isGreaterThan(seeds * steps / 10);
    }

    /** Runs again with a look after each step, to find the first that went wrong. */
    private void check(int seed, int steps) {
        try {
            run(seed, steps, COMPARED_EVERY);
        } catch (AssertionError late) {
            run(seed, steps, 1);
            throw late;
        }
    }

    private void run(int seed, int steps, int comparedEvery) {
        ModelRun run = new ModelRun(emptied(), this::setClock, seed);
        @Nullable Throwable failure = null;
        try {
            for (int step = 1; step <= steps; step++) {
                run.step(step % comparedEvery == 0);
                if (step % comparedEvery == 0) {
                    inspect();
                }
            }
            run.drain();
            inspect();
        } catch (AssertionError | RuntimeException e) {
            failure = e;
        } finally {
            run.close();
        }
        if (failure != null) {
            throw new AssertionError(run.describe() + '\n' + failure.getMessage(), failure);
        }
        claims += run.claims();
    }
}
