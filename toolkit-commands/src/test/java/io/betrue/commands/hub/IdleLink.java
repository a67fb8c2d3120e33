package io.betrue.commands.hub;

import io.betrue.commands.hub.Broadcaster.Backlog;
import io.betrue.commands.hub.Broadcaster.Link;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A link to nobody, whose rooms are empty; a test overrides what it is about. */
class IdleLink implements Link {
    @Override
    public CompletionStage<Void> publish(String room, byte[] body) {
        return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    @Override
    public boolean tell(byte[] body) {
        return false;
    }

    @Override
    public boolean tell(String node, byte[] body) {
        return false;
    }

    @Override
    public Backlog open(String room) {
        return backlog(room);
    }

    @Override
    public Backlog backlog(String room) {
        return new Backlog("e", 0, 0, List.of());
    }

    @Override
    public long last(String room) {
        return 0;
    }

    @Override
    public long last() {
        return 0;
    }

    @Override
    public void leave(String room) {}

    @Override
    public void close() {}
}
