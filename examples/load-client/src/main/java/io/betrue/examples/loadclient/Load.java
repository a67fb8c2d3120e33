package io.betrue.examples.loadclient;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An open loop: each request has a moment at which it is meant to be sent, which no answer moves, and its latency counts
 * from there, so that a server that stalls is seen by every request that it keeps waiting. {@link #run()} is for one
 * thread, once.
 */
final class Load implements AutoCloseable {
    private static final Set<Kind> MONEY = Set.of(Kind.DEPOSIT, Kind.WITHDRAW, Kind.TRANSFER);
    private static final int MAX_ATTEMPTS = 20;
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private final RunOptions options;
    private final Clock clock;
    private final List<User> users;
    private final Api api;
    private final Requests requests;
    private final Judge judge;
    private final HistoryWriter history;
    private final Stats stats;
    private final Semaphore slots;
    private volatile boolean stopped;
    private final AtomicLong traces = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor();

    /** What a run works with. */
    record Parts(Clock clock, Api api, HistoryWriter history, Stats stats) {}

    /**
     * @param parts stay the caller's to close
     */
    Load(RunOptions options, List<User> users, List<Currency> currencies, Parts parts) {
        this.options = options;
        this.users = users;
        this.clock = parts.clock();
        this.api = parts.api();
        this.history = parts.history();
        this.stats = parts.stats();
        this.requests = new Requests(users, currencies, options);
        this.judge = new Judge(options.tolerateUnavailable());
        this.slots = new Semaphore(options.inFlight());
    }

    /**
     * Makes all requests and waits for their ends.
     *
     * @throws LoadException if the history cannot be written, or this thread is interrupted
     */
    void run() {
        long start = System.nanoTime();
        Schedule schedule = options.schedule();
        long count = schedule.count();
        for (long i = 0; i < count && !stopped && broken.get() == null; i++) {
            long intended = start + schedule.at(i);
            waitUntil(intended);
            renewSessions(i);
            fire(requests.next(), intended);
        }
        drain();
        Throwable cause = broken.get();
        if (cause != null) {
            throw new LoadException("the run broke off: " + cause.getMessage(), cause);
        }
    }

    /** Has {@link #run()} send nothing new and wait only for what is under way. May be called from any thread. */
    void stop() {
        stopped = true;
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new LoadException("the run was interrupted");
            }
        }
    }

    /** Looks at one user each time, so that the work is spread and a user is asked for only once a round. */
    private void renewSessions(long round) {
        User user = users.get((int) (round % users.size()));
        if (user.mustRenew(clock.instant())) {
            fire(requests.signIn(user), System.nanoTime());
        }
    }

    private void fire(Call call, long intended) {
        if (slots.tryAcquire()) {
            attempt(call, intended);
        } else {
            stats.notSent(call.kind());
        }
    }

    private void attempt(Call call, long intended) {
        Call.Write write = call.write();
        int attempt = write == null ? 1 : write.nextAttempt();
        String trace = "%016x%016x".formatted(options.seed() | 1, traces.incrementAndGet());
        history.invoke(call, attempt, trace);
        stats.sent();
        var unused = api.send(call, trace)
                .thenAccept(reply -> ended(call, attempt, reply, System.nanoTime() - intended, trace))
                .exceptionally(thrown -> {
                    broken.compareAndSet(null, thrown);
                    slots.release();
                    return null;
                });
    }

    private void ended(Call call, int attempt, Reply reply, long nanos, String trace) {
        history.complete(call, attempt, reply);
        stats.ended(call.kind(), reply, nanos);
        judge.complaint(call, reply)
                .ifPresent(complaint -> stats.unexpected("%s: %s, was %s (operation %d, trace %s)"
                        .formatted(call.kind().label(), complaint, reply.summary(), call.operation(), trace)));
        learn(call, reply);
        if (isToRetry(call, attempt, reply)) {
            // the slot is kept, so that waiting retries are bounded with everything else
            var unused = retries.schedule(
                    () -> attempt(call.withFreshToken(), System.nanoTime()),
                    RETRY_PAUSE.toMillis(),
                    TimeUnit.MILLISECONDS);
        } else {
            slots.release();
        }
    }

    private void learn(Call call, Reply reply) {
        if (!(reply instanceof Reply.Answer answer) || answer.status() != 200) {
            return;
        }
        switch (call.kind()) {
            case SIGN_IN -> call.user().signedIn(Registration.session(answer.body()), clock.instant());
            case HISTORY ->
                Answers.text(answer.body(), "next")
                        .ifPresent(next -> call.user().cursor(new User.Cursor(currencyOf(call), next)));
            case DEPOSIT, WITHDRAW, TRANSFER -> {
                Call.Write write = call.write();
                String balance = Answers.balance(answer);
                if (write != null && balance != null) {
                    write.balance(balance);
                    requests.acknowledged(call);
                }
            }
            default -> {}
        }
    }

    private static String currencyOf(Call call) {
        return Json.tree(call.body()).path("currency").asText();
    }

    /** A write is sent again while it may have taken place; once it was unknown, a refused connection decides nothing. */
    private boolean isToRetry(Call call, int attempt, Reply reply) {
        boolean money = MONEY.contains(call.kind());
        boolean open = reply.outcome() == Outcome.UNKNOWN || (attempt > 1 && reply == Reply.Lost.NOT_CONNECTED);
        return options.retryUnknown() && !stopped && money && open && attempt < MAX_ATTEMPTS;
    }

    /** {@return how long {@link #run()} takes at most once it is stopped} */
    Duration patience() {
        return options.timeout().plus(RETRY_PAUSE).plus(options.timeout()).plusSeconds(2);
    }

    private void drain() {
        Duration once = patience();
        Duration most = options.retryUnknown() && !stopped ? once.multipliedBy(MAX_ATTEMPTS) : once;
        try {
            if (!slots.tryAcquire(options.inFlight(), most.toMillis(), TimeUnit.MILLISECONDS)) {
                stats.unexpected((options.inFlight() - slots.availablePermits()) + " requests did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("the run was interrupted", e);
        }
    }

    /** Ends the thread that sends again. */
    @Override
    public void close() {
        retries.shutdownNow();
    }
}
