package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which job of the store under test is which of the store in memory, whose numbers count here. */
final class Twins {
    private final Map<Long, Long> subjects = new HashMap<>();
    private final Map<Long, Long> oracles = new HashMap<>();

    void join(long oracle, long subject) {
        assertThat(oracles.put(subject, oracle)).as("a number given twice").isNull();
        subjects.put(oracle, subject);
    }

    boolean knows(long oracle) {
        return subjects.containsKey(oracle);
    }

    boolean knowsSubject(long subject) {
        return oracles.containsKey(subject);
    }

    long subject(long oracle) {
        return subjects.getOrDefault(oracle, Long.MAX_VALUE);
    }

    /** {@return the number in memory, negative for one that nobody there knows} */
    long oracle(long subject) {
        return oracles.getOrDefault(subject, -subject);
    }

    @Nullable
    Long oracleOrNull(@Nullable Long subject) {
        return subject == null ? null : Long.valueOf(oracle(subject));
    }

    List<Long> known() {
        List<Long> all = new ArrayList<>(subjects.keySet());
        all.sort(null);
        return all;
    }

    JobInfo renamed(JobInfo job) {
        return new JobInfo(
                oracle(job.id()),
                job.state(),
                job.type(),
                job.version(),
                job.queue(),
                job.priority(),
                job.attempt(),
                job.attempts(),
                job.timeout(),
                job.payload(),
                job.tags(),
                job.uniqueKey(),
                job.enqueuedAt(),
                job.runAt(),
                job.startedAt(),
                job.finishedAt(),
                job.worker(),
                job.progress(),
                job.progressMessage(),
                job.result(),
                job.error());
    }
}
