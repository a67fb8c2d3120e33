package io.betrue.commands.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many further tries there may be: a share of the calls, so that tries do not multiply the load on a service that is down. Each call puts a part of a token in, each
 * further try takes one out. Safe for use by multiple threads.
 */
final class RetryBudget {
    private static final long TOKEN = 1_000;

    private final long share;
    private final long most;
    private final AtomicLong balance;

    RetryBudget(double share, int most) {
        this.share = Math.round(share * TOKEN);
        this.most = most * TOKEN;
        this.balance = new AtomicLong(this.most);
    }

    void call() {
        balance.updateAndGet(now -> Math.min(most, now + share));
    }

    /** {@return whether there may be another try} */
    boolean take() {
        return balance.getAndUpdate(now -> now >= TOKEN ? now - TOKEN : now) >= TOKEN;
    }
}
