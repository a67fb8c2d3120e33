package io.betrue.examples.monolith;

import io.betrue.commands.Interceptor;
import io.betrue.commands.Invocation;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.errors.StandardError;
import io.betrue.examples.wallet.Health;
import io.betrue.examples.wallet.HttpServer;
import java.util.concurrent.CompletionStage;

/** Sends callers away, over every transport, while the application starts and there may be neither a database nor its tables. Safe for use by multiple threads. */
final class StartGuard implements Interceptor {
    private final Health health;

    StartGuard(Health health) {
        this.health = health;
    }

    @Override
    public CompletionStage<Reply<Payload>> intercept(Invocation call) {
        if (health.isStarting()) {
            throw StandardError.UNAVAILABLE
                    .problem()
                    .retryAfter(HttpServer.COME_BACK)
                    .toException();
        }
        return call.proceed();
    }
}
