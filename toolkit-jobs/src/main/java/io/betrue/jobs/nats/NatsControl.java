package io.betrue.jobs.nats;

import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.QueueRate;
import io.betrue.jobs.WorkerInfo;
import io.nats.client.api.KeyValueEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The view from outside. Streams forget ended jobs by themselves when they are older than they are kept for, so there is nothing to prune.
 */
final class NatsControl implements JobControl {
    private static final byte[] PAUSED = {};

    private final NatsStore store;
    private final Places places;
    private final Changes changes;
    private final Moves moves;
    private final Lists lists;
    private final Queues queues;

    NatsControl(NatsStore store) {
        this.store = store;
        this.places = new Places(store);
        this.changes = new Changes(store, places);
        this.moves = new Moves(store, places, changes);
        this.lists = new Lists(store, places, Lists.MOST_NAMED);
        this.queues = new Queues(store);
    }

    @Override
    public Optional<JobInfo> find(long id) {
        return places.find(id);
    }

    @Override
    public List<JobEvent> events(long id) {
        store.leases(); // makes what is missing
        return store.events().of(id);
    }

    @Override
    public List<JobInfo> list(JobQuery query) {
        return lists.list(query);
    }

    @Override
    public boolean cancel(long id) {
        return changes.cancel(id);
    }

    @Override
    public boolean retry(long id) {
        return moves.retry(id);
    }

    @Override
    public boolean reschedule(long id, Instant time) {
        return moves.reschedule(id, time);
    }

    @Override
    public boolean discard(long id) {
        return changes.discard(id);
    }

    @Override
    public void pause(String queue) {
        String key = Roster.PAUSE + Names.token(queue);
        long revision = store.controls().put(key, PAUSED);
        store.roster().changed(key, revision, PAUSED, store.clock().now());
    }

    @Override
    public void resume(String queue) {
        String key = Roster.PAUSE + Names.token(queue);
        KeyValueEntry paused = store.controls().get(key);
        if (paused != null && store.controls().delete(key, paused.getRevision())) {
            // the mark that it was removed has a later number; until that is heard, it is gone here
            store.roster()
                    .changed(key, paused.getRevision() + 1, null, store.clock().now());
        }
    }

    @Override
    public List<QueueInfo> queues() {
        return queues.queues();
    }

    @Override
    public List<QueueRate> rates(Duration window) {
        return queues.rates(window);
    }

    @Override
    public List<WorkerInfo> workers() {
        return queues.workers();
    }

    @Override
    public long prune() {
        return 0;
    }
}
