package io.betrue.jobs.nats;

import io.betrue.jobs.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What jobs leave behind that were ended or put off: by that a message is known which is among the jobs that are due and should not be. Safe for use by multiple threads. */
final class Traces {
    private final Wire wire;
    private final Names names;
    private final Limits limits;

    Traces(Wire wire, Names names, Limits limits) {
        this.wire = wire;
        this.names = names;
        this.limits = limits;
    }

    /** {@return whether every job that ends leaves a trace} */
    boolean tellAll() {
        return Places.ENDED.stream().allMatch(limits::keeps);
    }

    /** Completes with whether a job that is due was written elsewhere since. */
    CompletableFuture<Boolean> isOver(Stored due) {
        return isOver(Names.queue(due.subject()), Names.id(due.subject()), due.time());
    }

    /** Completes with whether a job was written elsewhere after a time; any replica answers. */
    CompletableFuture<Boolean> isOver(String queue, long id, Instant time) {
        List<CompletableFuture<@Nullable Stored>> looks = new ArrayList<>();
        looks.add(wire.peek(names.later, names.later(queue, id)));
        for (JobState state : Places.ENDED) {
            if (limits.keeps(state)) {
                looks.add(wire.peek(names.ended(state), names.ended(state, queue, id)));
            }
        }
        return looks.stream()
                .map(look ->
                        look.thenApply(found -> found != null && found.time().isAfter(time)))
                .reduce(
                        CompletableFuture.completedFuture(false),
                        (one, next) -> one.thenCombine(next, Boolean::logicalOr));
    }
}
