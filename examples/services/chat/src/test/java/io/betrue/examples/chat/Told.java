package io.betrue.examples.chat;

import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what clients would have been told. */
final class Told implements ChatPush {
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final AtomicInteger failing = new AtomicInteger();

    /**
     * What was told.
     *
     * @param whom {@code room}, {@code user} or {@code removed}
     * @param id which
     * @param event what has happened
     * @param data what belongs to it
     */
    record Line(String whom, UUID id, String event, Object data) {}

    /** The next so many times it is not known whether clients were told. */
    void fail(int times) {
        failing.set(times);
    }

    Line next() throws InterruptedException {
        Line line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing was told");
        }
        return line;
    }

    /** {@return the next that went to a room} */
    Object nextIn(UUID room) throws InterruptedException {
        Line line = next();
        while (!line.whom().equals("room")
                || !line.id().equals(room)
                || !line.event().equals("chat/said")) {
            line = next();
        }
        return line.data();
    }

    @Override
    public void toRoom(UUID roomId, String event, Object data) {
        if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the hub is away");
        }
        lines.add(new Line("room", roomId, event, data));
    }

    @Override
    public void toUser(UUID userId, String event, Object data) {
        lines.add(new Line("user", userId, event, data));
    }

    @Override
    public void remove(UUID userId, UUID roomId) {
        lines.add(new Line("removed", userId, "", roomId));
    }
}
