package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.betrue.jobs.JobState;
import io.betrue.jobs.internal.NewJob;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands rows of an outbox to NATS: each under a name of its own, so that one that was handed over before is known again. For one thread. */
final class OutboxSender {
    static final String MESSAGE_ID = "Nats-Msg-Id";
    private static final Logger LOG = LoggerFactory.getLogger(OutboxSender.class);
    /** A row that is older may have been handed over by a relay that died, so long ago that its job is elsewhere by now. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** So much two clocks may drift while a relay is replaced by another. */
    private static final Duration SAME = Duration.ofMinutes(1);

    private final NatsStore store;
    private final OutboxSchema schema;
    private OutboxTables.@Nullable Identity known;

    OutboxSender(NatsStore store, OutboxSchema schema) {
        this.store = store;
        this.schema = schema;
    }

    /** What became of rows. Those that are in neither stay. */
    static final class Outcome {
        final List<Long> done = new ArrayList<>();
        final Map<Long, String> aside = new HashMap<>();

        @Nullable
        JobException trouble;
    }

    private record Sent(OutboxRow row, CompletableFuture<Long> answer) {}

    /** Makes the outbox's number known, or fails because another has it. */
    void register(OutboxTables.Identity identity) {
        if (identity.equals(known)) {
            return;
        }
        Bucket control = store.controls();
        String key = "outbox." + identity.number();
        byte[] value = identity.identity().getBytes(StandardCharsets.UTF_8);
        if (control.create(key, value).isEmpty()) {
            KeyValueEntry entry = control.get(key);
            if (entry == null) {
                throw new JobException("the number of the outbox changes hands; trying again");
            }
            if (!new String(Bucket.value(entry), StandardCharsets.UTF_8).equals(identity.identity())) {
                throw new JobException("another outbox of namespace " + store.names() + " has the number "
                        + identity.number() + " too, so nothing is handed over; this gives the one in schema "
                        + schema.name() + " another number, and its waiting jobs too: select "
                        + schema.sql("{s}.renumber()"));
            }
        }
        known = identity;
    }

    /** Hands rows over, all at once, and waits for the answers. */
    Outcome send(OutboxTables.Identity identity, List<OutboxRow> rows) {
        Outcome outcome = new Outcome();
        List<Sent> window = new ArrayList<>(rows.size());
        try {
            store.ids().next(); // the answer tells the server's time, at most every five seconds
            Map<Long, CompletableFuture<Boolean>> before = lookUp(rows);
            for (OutboxRow row : rows) {
                CompletableFuture<Boolean> there = before.get(row.id());
                if (there != null && Wire.await("look for job " + row.id(), there)) {
                    outcome.done.add(row.id());
                } else {
                    send(identity, row, window, outcome);
                }
            }
        } catch (JobException e) {
            outcome.trouble = e;
        }
        window.forEach(sent -> settle(identity, sent, outcome));
        return outcome;
    }

    private void send(OutboxTables.Identity identity, OutboxRow row, List<Sent> window, Outcome outcome) {
        NewJob made = row.made();
        String refusal = store.wire().refusal(made);
        if (refusal != null) {
            aside(row, refusal, outcome);
            return;
        }
        long keySequence = 0;
        if (made.uniqueKey() != null) {
            Keys.Holder holder = store.keys().take(made.uniqueKey(), row.id(), made);
            if (holder.job() != row.id()) {
                LOG.debug("Job {} is dropped: job {} has its unique key", row.id(), holder.job());
                outcome.done.add(row.id());
                return;
            }
            keySequence = holder.sequence();
        }
        store.ensureQueue(made.queue());
        Instant now = store.clock().now();
        Entry entry = Entry.fresh(row.id(), made, keySequence, now.minus(row.age()));
        Duration delay = made.delay();
        if (delay != null) {
            entry = entry.waiting(0, ServerClock.later(now, delay), null);
        }
        Headers headers = JobMessages.moved(entry).put(MESSAGE_ID, messageId(identity, row));
        byte[] body = JobMessages.payload(made);
        window.add(new Sent(row, store.alarms().send(subject(row), headers, body, entry.runAt())));
    }

    private String subject(OutboxRow row) {
        NewJob made = row.made();
        return made.delay() == null
                ? store.names().work(made.queue(), made.priority(), row.id())
                : store.names().later(made.queue(), row.id());
    }

    private static String messageId(OutboxTables.Identity identity, OutboxRow row) {
        return "outbox-" + identity.identity() + '-' + row.id() + '-' + row.stamp();
    }

    private void settle(OutboxTables.Identity identity, Sent sent, Outcome outcome) {
        OutboxRow row = sent.row();
        try {
            Wire.await("keep job " + row.id(), sent.answer());
            outcome.done.add(row.id());
        } catch (Refused e) {
            if (e.isSubjectTaken()) {
                taken(identity, row, outcome);
            } else if (e.isTooLarge()) {
                aside(row, String.valueOf(e.getMessage()), outcome);
            } else {
                outcome.trouble = e.isStreamFull()
                        ? new JobException("as many jobs wait in NATS as the configuration allows", e)
                        : e;
            }
        } catch (JobException e) {
            outcome.trouble = e;
        }
    }

    /** Somebody's message is where the job belongs: its own, from a relay that died before it could say so, or another's. */
    private void taken(OutboxTables.Identity identity, OutboxRow row, Outcome outcome) {
        try {
            Stored there = store.wire().last(store.names().work, subject(row));
            if (there == null) {
                return; // gone meanwhile: looked for again with the next rows
            }
            if (messageId(identity, row).equals(there.headers().getFirst(MESSAGE_ID)) || isSame(row, there)) {
                outcome.done.add(row.id());
            } else {
                aside(row, "another job has the number in NATS; was the database set back, or copied?", outcome);
            }
        } catch (JobException e) {
            outcome.trouble = e;
        }
    }

    /** {@return whether it is the same job, whose message was written anew since it has waited for its time, or for its next attempt} */
    private boolean isSame(OutboxRow row, Stored there) {
        Entry entry = JobMessages.read(there);
        Duration apart =
                Duration.between(entry.enqueuedAt(), store.clock().now().minus(row.age()));
        return entry.made().type().equals(row.made().type())
                && entry.made().payload().equals(row.made().payload())
                && apart.abs().compareTo(SAME) < 0;
    }

    private void aside(OutboxRow row, String reason, Outcome outcome) {
        LOG.error("Job {} is kept aside in schema {}: {}", row.id(), schema.name(), reason);
        outcome.aside.put(row.id(), reason);
    }

    /** Looks for jobs that may have been handed over and have moved on since. */
    private Map<Long, CompletableFuture<Boolean>> lookUp(List<OutboxRow> rows) {
        Map<Long, CompletableFuture<Boolean>> answers = new HashMap<>();
        for (OutboxRow row : rows) {
            boolean dueNow = row.delayed() && row.made().delay() == null;
            if (dueNow || row.age().compareTo(FRESH) > 0) {
                answers.put(row.id(), lookUp(row));
            }
        }
        return answers;
    }

    private CompletableFuture<Boolean> lookUp(OutboxRow row) {
        Names names = store.names();
        String queue = row.made().queue();
        List<CompletableFuture<@Nullable Stored>> places = new ArrayList<>();
        places.add(store.wire().peek(names.later, names.later(queue, row.id())));
        for (JobState state : List.of(JobState.SUCCEEDED, JobState.CANCELLED, JobState.DEAD)) {
            if (store.limits().keeps(state)) {
                places.add(store.wire().peek(names.ended(state), names.ended(state, queue, row.id())));
            }
        }
        CompletableFuture<Boolean> any = CompletableFuture.completedFuture(false);
        for (CompletableFuture<@Nullable Stored> place : places) {
            any = any.thenCombine(place, (found, stored) -> found || stored != null);
        }
        return any;
    }
}
