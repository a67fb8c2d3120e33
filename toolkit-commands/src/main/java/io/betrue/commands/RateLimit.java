package io.betrue.commands;

import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets each caller make so many calls in a time; more are RATE_LIMITED with the time to wait. A caller is its {@link Principal}, a stranger its address. Calls that
 * handlers make on a caller's behalf are not counted. It is the generic cell rate algorithm (ITU-T I.371), kept in this process: behind several gateways each counts
 * for itself. At most 100,000 callers are remembered: whoever does not call while 50,000 others do may be forgotten, and then do all again. Put it after {@link Authentication}. Safe for use by multiple threads.
 */
public final class RateLimit implements Interceptor {
    private static final int CALLERS = 100_000;

    private final long interval;
    private final long tolerance;
    private final LongSupplier nanos;
    private volatile Map<String, AtomicLong> recent = new ConcurrentHashMap<>(); // when the next call would be in time
    private Map<String, AtomicLong> earlier = Map.of(); // guarded by this; those that have not called since

    private RateLimit(int calls, Duration in, LongSupplier nanos) {
        if (calls < 1 || in.isZero() || in.isNegative() || in.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "rate must be at least one call in more than zero and at most a day, was " + calls + " in " + in);
        }
        this.interval = Math.max(1, in.toNanos() / calls);
        this.tolerance = in.toNanos() - interval;
        this.nanos = nanos;
    }

    /**
     * {@return a limit for each caller}
     *
     * @param calls how many, perhaps all at once; at least one
     * @param in in which time; at most a day
     * @throws IllegalArgumentException if one is out of range
     */
    public static RateLimit perCaller(int calls, Duration in) {
        return perCaller(calls, in, System::nanoTime);
    }

    /**
     * {@return a limit for each caller, by a clock of the application's}
     *
     * @param calls how many, perhaps all at once; at least one
     * @param in in which time; at most a day
     * @param nanos a clock like {@link System#nanoTime()}
     * @throws IllegalArgumentException if one is out of range
     */
    public static RateLimit perCaller(int calls, Duration in, LongSupplier nanos) {
        return new RateLimit(calls, in, nanos);
    }

    @Override
    public CompletionStage<Reply<Payload>> intercept(Invocation call) {
        if (!call.call().isNested()) {
            String caller = call.context()
                    .caller()
                    .map(principal -> "principal " + principal.id())
                    .orElseGet(() -> "peer " + call.call().peer());
            long wait = take(caller);
            if (wait > 0) {
                throw StandardError.RATE_LIMITED
                        .problem()
                        .retryAfter(Duration.ofNanos(wait))
                        .toException();
            }
        }
        return call.proceed();
    }

    /** {@return how long to wait; zero if the call is in time, which it then has used} */
    private long take(String caller) {
        long now = nanos.getAsLong();
        AtomicLong next = recent.get(caller);
        if (next == null) {
            next = remember(caller, now);
        }
        while (true) {
            long at = next.get();
            long from = at - now > 0 ? at : now;
            if (from - now > tolerance) {
                return from - now - tolerance;
            }
            if (next.compareAndSet(at, from + interval)) {
                return 0;
            }
        }
    }

    /** Keeps callers in two halves: when the one of those that call is full, the other is forgotten. So whoever floods with names neither fills the memory nor is rid of a limit. */
    private synchronized AtomicLong remember(String caller, long now) {
        AtomicLong known = recent.get(caller);
        if (known != null) {
            return known;
        }
        if (recent.size() >= CALLERS / 2) {
            earlier = recent;
            recent = new ConcurrentHashMap<>();
        }
        AtomicLong before = earlier.get(caller);
        AtomicLong next = before == null ? new AtomicLong(now) : before;
        recent.put(caller, next);
        return next;
    }
}
