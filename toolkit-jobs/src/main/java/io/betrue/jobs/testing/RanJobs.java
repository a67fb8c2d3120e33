package io.betrue.jobs.testing;

import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.internal.Settlement;
import java.util.List;

/**
 * What ran, in this order.
 *
 * @param all each attempt; unmodifiable
 */
public record RanJobs(List<RanJob> all) {
    /**
     * Copies the list.
     *
     * @param all each attempt
     */
    public RanJobs {
        all = List.copyOf(all);
    }

    /**
     * One attempt.
     *
     * @param id the job's number
     * @param type the name of its type
     * @param attempt which attempt, from 1
     * @param outcome how it ended
     */
    public record RanJob(long id, String type, int attempt, JobOutcome outcome) {}

    static RanJobs of(List<Settlement> settlements) {
        return new RanJobs(settlements.stream()
                .map(settlement -> new RanJob(
                        settlement.job().id(),
                        settlement.job().type(),
                        settlement.job().attempt(),
                        settlement.outcome()))
                .toList());
    }

    /** {@return how many attempts ran} */
    public int count() {
        return all.size();
    }

    /** {@return the attempts that ended well} */
    public List<RanJob> succeeded() {
        return ended(JobOutcome.Succeeded.class);
    }

    /** {@return the attempts that failed, whether another follows or the job is dead} */
    public List<RanJob> failed() {
        return all.stream()
                .filter(job -> job.outcome() instanceof JobOutcome.Retried || job.outcome() instanceof JobOutcome.Died)
                .toList();
    }

    /**
     * {@return the attempts that ended in one way}
     *
     * @param outcome a kind of outcome
     */
    public List<RanJob> ended(Class<? extends JobOutcome> outcome) {
        return all.stream().filter(job -> outcome.isInstance(job.outcome())).toList();
    }
}
