package io.betrue.jobs.nats;

import io.betrue.jobs.internal.Beat;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Lane;
import io.betrue.jobs.internal.Report;
import io.betrue.jobs.internal.Settlement;
import io.betrue.jobs.internal.StoreListener;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.jobs.internal.WorkerCard;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A worker's dealings with JetStream. */
final class NatsSession implements StoreSession {
    private NatsSession() {}

    static NatsSession open(NatsStore store, WorkerCard card, StoreListener listener) {
        return new NatsSession();
    }

    @Override
    public long workerId() {
        return 0;
    }

    @Override
    public List<ClaimedJob> claim(List<Lane> lanes) {
        return List.of();
    }

    @Override
    public void giveBackAllBut(Set<Long> held) {}

    @Override
    public List<Settlement> settle(List<Settlement> settlements) {
        return List.of();
    }

    @Override
    public void report(List<Report> reports) {}

    @Override
    public Beat beat(boolean draining, int held) {
        return new Beat(true, Set.of(), Set.of());
    }

    @Override
    public Duration upkeep() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void close() {}
}
