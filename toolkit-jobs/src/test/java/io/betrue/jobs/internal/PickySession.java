package io.betrue.jobs.internal;

import io.betrue.jobs.JobException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A session that takes no batch with a job of type {@code poison} in it. */
record PickySession(StoreSession session, BooleanSupplier picky) implements StoreSession {
    @Override
    public long workerId() {
        return session.workerId();
    }

    @Override
    public List<ClaimedJob> claim(List<Lane> lanes) {
        return session.claim(lanes);
    }

    @Override
    public void giveBackAllBut(Set<Long> held) {
        session.giveBackAllBut(held);
    }

    @Override
    public List<Settlement> settle(List<Settlement> settlements) {
        if (picky.getAsBoolean()
                && settlements.stream()
                        .anyMatch(settlement -> settlement.job().type().equals("poison"))) {
            throw new JobException("one of these cannot be stored");
        }
        return session.settle(settlements);
    }

    @Override
    public void report(List<Report> reports) {
        session.report(reports);
    }

    @Override
    public Beat beat(boolean draining, int held) {
        return session.beat(draining, held);
    }

    @Override
    public Duration upkeep() {
        return session.upkeep();
    }

    @Override
    public void close() {
        session.close();
    }
}
