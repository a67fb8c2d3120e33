package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.betrue.jobs.JobState;
import io.nats.client.impl.Headers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves delayed jobs that are due to those that may run: each is written there, with an id by which the server knows a second writing, and then removed here.
 * Whoever dies in between leaves it to the next one. Used by one thread at a time.
 */
final class Mover {
    private static final Logger LOG = LoggerFactory.getLogger(Mover.class);
    private static final int WINDOW = 500;
    private static final long FIRST_WAIT = 50;
    private static final long LONGEST_WAIT = 5_000;
    private static final long WAIT_FOR_ROOM = 1_000;
    private static final long UNREADABLE_WAIT = 60_000;
    /** A job's earlier delivery is acknowledged within moments, so it is only looked at more closely after some tries. */
    private static final long LONG_WAIT = 400;

    private final NatsStore store;
    private final Wire wire;
    private final Names names;
    private final DueHeap heap;
    private final boolean leads;
    /** How long the moves wait whose place is taken, by number of the message. */
    private final Map<Long, Long> waits = new HashMap<>();

    private boolean full;

    /** A job on its way. */
    private record Move(DueHeap.Due due, Stored from, String to, String mark, CompletableFuture<Long> sent) {}

    /** A job whose removal is on its way. */
    private record Rest(Move move, long written, CompletableFuture<Boolean> removed) {}

    /**
     * @param leads whether nobody else moves what this does not; otherwise it gives up what would take long
     */
    Mover(NatsStore store, DueHeap heap, boolean leads) {
        this.leads = leads;
        this.store = store;
        this.wire = store.wire();
        this.names = store.names();
        this.heap = heap;
    }

    /** Forgets what it knew. */
    void reset() {
        waits.clear();
        heap.clear();
    }

    /**
     * Moves what is due.
     *
     * @param end when to stop, by {@link System#nanoTime}
     */
    void run(long end) {
        boolean more = true;
        while (more && System.nanoTime() - end < 0) {
            List<DueHeap.Due> window = heap.take(now(), WINDOW);
            more = window.size() == WINDOW;
            if (!window.isEmpty()) {
                move(window);
            }
        }
    }

    private long now() {
        return store.clock().now().toEpochMilli();
    }

    private void move(List<DueHeap.Due> window) {
        Failures failures = new Failures();
        List<CompletableFuture<@Nullable Stored>> found = new ArrayList<>(window.size());
        for (DueHeap.Due due : window) {
            found.add(wire.peek(names.later, due.sequence()));
        }
        List<Move> moves = new ArrayList<>(window.size());
        for (int i = 0; i < window.size(); i++) {
            DueHeap.Due due = window.get(i);
            CompletableFuture<@Nullable Stored> answer = found.get(i);
            failures.of(due, () -> begin(due, answer, moves));
        }
        List<Rest> rests = new ArrayList<>(moves.size());
        for (Move move : moves) {
            failures.of(move.due(), () -> written(move, rests));
        }
        for (Rest rest : rests) {
            failures.of(rest.move().due(), () -> end(rest));
        }
        failures.rethrow();
    }

    /** What goes wrong with one keeps no other from being moved. */
    private final class Failures {
        private @Nullable JobException first;

        void of(DueHeap.Due due, Runnable step) {
            try {
                step.run();
            } catch (JobException e) {
                first = first == null ? e : first;
                again(due, WAIT_FOR_ROOM);
            }
        }

        void rethrow() {
            if (first != null) {
                throw first;
            }
        }
    }

    private void again(DueHeap.Due due, long wait) {
        if (leads || wait <= LONG_WAIT) {
            heap.add(now() + wait, due.sequence());
        } else {
            waits.remove(due.sequence());
        }
    }

    private void begin(DueHeap.Due due, CompletableFuture<@Nullable Stored> answer, List<Move> moves) {
        Stored from = Wire.await("read a delayed job", answer);
        if (from == null && store.limits().replicas() > 1) {
            from = wire.get(names.later, due.sequence()); // a replica may not have it yet
        }
        if (from == null) {
            waits.remove(due.sequence());
            return;
        }
        try {
            long early = early(from);
            if (early > 0) {
                again(due, early); // an alarm of a message that had the number before a power failure, or clocks that
                // differ
            } else {
                moves.add(send(due, from));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | java.time.DateTimeException e) {
            LOG.warn("The message {} of {} is no job: {}", due.sequence(), names.later, from.subject(), e);
            again(due, UNREADABLE_WAIT);
        }
    }

    /** {@return how long it is until the job is due, in milliseconds} */
    private long early(Stored from) {
        Instant time = JobMessages.runAt(from.headers());
        return time == null ? 0 : time.toEpochMilli() - now();
    }

    private Move send(DueHeap.Due due, Stored from) {
        Entry entry = JobMessages.read(from);
        String to = names.work(entry.made().queue(), entry.made().priority(), entry.id());
        String mark = entry.id() + "@" + from.sequence();
        Headers headers = JobMessages.moved(entry.waiting(entry.attempt(), null, entry.error()));
        headers.add(Wire.MESSAGE_ID, mark);
        return new Move(due, from, to, mark, wire.send(to, headers, JobMessages.body(entry)));
    }

    private void written(Move move, List<Rest> rests) {
        try {
            long written = Wire.await("keep " + move.to(), move.sent());
            full = false;
            rests.add(rest(move, written));
        } catch (Refused e) {
            if (e.isSubjectTaken()) {
                taken(move, rests);
            } else if (e.isStreamFull()) {
                full();
                again(move.due(), WAIT_FOR_ROOM);
            } else {
                throw e;
            }
        }
    }

    private Rest rest(Move move, long written) {
        return new Rest(move, written, wire.remove(names.later, move.due().sequence()));
    }

    private void full() {
        if (!full) {
            LOG.warn("As many jobs of {} wait as may: delayed ones that are due wait for room", names);
            full = true;
        }
    }

    /** Either this move was made long ago, or the job's last attempt ends just now. */
    private void taken(Move move, List<Rest> rests) {
        long sequence = move.due().sequence();
        long wait = waits.merge(sequence, FIRST_WAIT, (last, first) -> Math.min(last * 2, LONGEST_WAIT));
        if (wait > LONG_WAIT) {
            Stored there = wire.last(names.work, move.to());
            if (there != null && move.mark().equals(there.headers().getFirst(Wire.MESSAGE_ID))) {
                rests.add(rest(move, there.sequence()));
                return;
            }
        }
        again(move.due(), wait);
    }

    private void end(Rest rest) {
        boolean removed = Wire.await("remove a delayed job", rest.removed());
        waits.remove(rest.move().due().sequence());
        if (!removed && isElsewhere(rest.move().from())) {
            wire.delete(names.work, rest.written());
        }
    }

    /** {@return whether somebody has put the job elsewhere while it was moved} */
    private boolean isElsewhere(Stored from) {
        if (wire.last(names.later, from.subject()) != null) {
            return true;
        }
        long id = Names.id(from.subject());
        for (JobState state : List.of(JobState.CANCELLED, JobState.SUCCEEDED, JobState.DEAD)) {
            if (store.limits().keeps(state) && wire.last(names.ended(state), names.anyEnded(state, id)) != null) {
                return true;
            }
        }
        return false;
    }
}
