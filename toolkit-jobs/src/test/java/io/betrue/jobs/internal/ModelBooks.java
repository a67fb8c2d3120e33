package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What must hold of any store, whatever the one in memory says: counted from what the store under test answered. Numbers are those of memory. */
final class ModelBooks {
    private final Map<Long, Page> pages = new HashMap<>();
    private int made;

    /** A claim, by whom. */
    record Taken(ModelCrew crew, ClaimedJob oracle, ClaimedJob subject) {}

    private static final class Page {
        int counted;
        long lease;
        boolean over;

        @Nullable
        Taken holder;
    }

    private Page page(long id) {
        return pages.computeIfAbsent(id, none -> new Page());
    }

    void made() {
        made++;
    }

    void discarded(long id) {
        made--;
        Page page = pages.remove(id);
        assertThat(page == null || page.holder == null)
                .as("job %s was discarded while it ran", id)
                .isTrue();
    }

    void claimed(Taken taken) {
        long id = taken.oracle().id();
        Page page = page(id);
        assertThat(page.over).as("job %s runs though it is over", id).isFalse();
        assertThat(page.holder).as("job %s runs twice", id).isNull();
        assertThat(taken.subject().lease()).as("lease of job %s", id).isGreaterThan(page.lease);
        assertThat(taken.subject().attempt()).as("attempt of job %s", id).isEqualTo(page.counted + 1);
        page.lease = taken.subject().lease();
        page.holder = taken;
    }

    /** {@return whether a claim still holds} */
    boolean holds(Taken taken) {
        Page page = pages.get(taken.oracle().id());
        return page != null && taken.equals(page.holder);
    }

    /** An outcome was taken. */
    void settled(Taken taken, JobOutcome outcome, boolean over) {
        Page page = page(taken.oracle().id());
        boolean counts = !(outcome instanceof JobOutcome.Snoozed || outcome instanceof JobOutcome.Released);
        page.counted += counts ? 1 : 0;
        page.holder = null;
        page.over = over;
    }

    /** {@return running jobs that were taken from workers} */
    Set<Long> takenBack(List<JobInfo> jobs, Predicate<ModelCrew> from, boolean counts) {
        Set<Long> taken = new HashSet<>();
        for (JobInfo job : jobs) {
            Page page = pages.get(job.id());
            if (page != null && page.holder != null && job.state() != JobState.RUNNING) {
                assertThat(from.test(page.holder.crew()))
                        .as("job %s was taken from %s", job.id(), page.holder.crew())
                        .isTrue();
                page.counted += counts ? 1 : 0;
                page.holder = null;
                page.over = job.state().isFinished();
                taken.add(job.id());
            }
        }
        return taken;
    }

    void cancelledWhileWaiting(long id) {
        page(id).over = true;
    }

    void retried(long id) {
        page(id).over = false;
        page(id).counted = 0;
    }

    boolean runs(long id) {
        Page page = pages.get(id);
        return page != null && page.holder != null;
    }

    /** Holds the books against all jobs of the store. */
    void audit(List<JobInfo> jobs) {
        assertThat(jobs).as("jobs made and not discarded").hasSize(made);
        Set<Long> ids = new HashSet<>();
        Map<String, Long> keys = new HashMap<>();
        for (JobInfo job : jobs) {
            assertThat(ids.add(job.id()))
                    .as("job %s stands in one place", job.id())
                    .isTrue();
            assertThat(job.state() == JobState.RUNNING)
                    .as("job %s runs", job.id())
                    .isEqualTo(runs(job.id()));
            if (job.uniqueKey() != null
                    && job.uniqueKey().startsWith("once:")
                    && !job.state().isFinished()) {
                assertThat(keys.put(job.uniqueKey(), job.id()))
                        .as("key %s is job %s's alone", job.uniqueKey(), job.id())
                        .isNull();
            }
        }
    }
}
