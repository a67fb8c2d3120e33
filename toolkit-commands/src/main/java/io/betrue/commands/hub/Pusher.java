package io.betrue.commands.hub;

import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sends what it gets, and waits until it is done. Safe for use by multiple threads. */
final class Pusher<T> implements Consumer<T> {
    private static final int MOST_SECONDS = 30;

    private final Hub hub;
    private final String event;
    private final Function<? super T, Audience> to;

    Pusher(Hub hub, String event, Function<? super T, Audience> to) {
        Names.checkEvent(event);
        this.hub = hub;
        this.event = event;
        this.to = to;
    }

    @Override
    public void accept(T data) {
        try {
            hub.send(to.apply(data), event, data)
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(MOST_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException known) {
                throw known;
            }
            throw StandardError.UNAVAILABLE.problem().cause(e).toException();
        }
    }
}
