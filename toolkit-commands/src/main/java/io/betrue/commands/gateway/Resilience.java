package io.betrue.commands.gateway;

import dev.failsafe.CircuitBreaker;
import io.betrue.commands.Call;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.commands.Target;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target that may fail: calls are tried again where that does no harm, and while most of them fail it is left alone.
 * <pre>{@code
 * Target ledger = Resilience.around("ledger", client, r -> r.retries(2, ofMillis(50)));
 * Commands gateway = Commands.of(c -> c.forward("ledger/*", ledger));
 * }</pre>
 * Tried again are calls that are {@linkplain Call#isRepeatable() repeatable} and were answered UNAVAILABLE or BAD_GATEWAY, within their deadline and a budget. Each target has a
 * circuit breaker of its own: while it is open, calls are UNAVAILABLE at once. What a service refuses by its own rules counts as a success. Safe for use by multiple threads.
 */
public final class Resilience implements Target {
    private static final Logger log = LoggerFactory.getLogger(Resilience.class);
    private static final Set<ErrorCode> AGAIN = Set.of(StandardError.UNAVAILABLE, StandardError.BAD_GATEWAY);
    private static final Set<ErrorCode> FAULTS =
            Set.of(StandardError.UNAVAILABLE, StandardError.BAD_GATEWAY, StandardError.DEADLINE_EXCEEDED);
    private static final int IN_ADVANCE = 10;
    private static final int PROBES = 3;
    private static final int IDLE_SECONDS = 10;

    /** One for all, since sending waits for nothing; the thread is there while there are further tries. */
    private static final ScheduledThreadPoolExecutor tries = tries();

    private final Target target;
    private final CircuitBreaker<Object> breaker;
    private final RetryBudget budget;
    private final int retries;
    private final Duration first;
    private final ResilienceMetrics metrics;

    private Resilience(String name, Target target, ResilienceConfig config) {
        this.target = target;
        budget = new RetryBudget(config.share, IN_ADVANCE);
        retries = config.retries;
        first = config.first;
        metrics = new ResilienceMetrics(config.telemetry, name);
        breaker = CircuitBreaker.builder()
                .withFailureRateThreshold(config.failurePercent, config.leastCalls, config.window)
                .withDelay(config.open)
                .withSuccessThreshold(PROBES)
                .onOpen(event -> {
                    metrics.became(ResilienceMetrics.State.OPEN);
                    log.warn("{} fails, it is left alone for {}", name, config.open);
                })
                .onHalfOpen(event -> metrics.became(ResilienceMetrics.State.HALF_OPEN))
                .onClose(event -> {
                    metrics.became(ResilienceMetrics.State.CLOSED);
                    log.info("{} does well again", name);
                })
                .build();
    }

    /**
     * {@return a target that tries again, with the defaults of {@link ResilienceConfig}}
     *
     * @param name what the log calls it
     * @param target what may fail
     */
    public static Resilience around(String name, Target target) {
        return around(name, target, config -> {});
    }

    /**
     * {@return a target that tries again}
     *
     * @param name what the log calls it
     * @param target what may fail
     * @param config how often, and when it is left alone
     */
    public static Resilience around(String name, Target target, Consumer<ResilienceConfig> config) {
        ResilienceConfig wanted = new ResilienceConfig();
        config.accept(wanted);
        return new Resilience(name, target, wanted);
    }

    private static ScheduledThreadPoolExecutor tries() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "command-tries");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Override
    public CompletionStage<Reply<Payload>> send(Call call) {
        budget.call();
        CompletableFuture<Reply<Payload>> promise = new CompletableFuture<>();
        attempt(call, 0, promise);
        return promise;
    }

    private void attempt(Call call, int made, CompletableFuture<Reply<Payload>> promise) {
        if (!breaker.tryAcquirePermit()) {
            metrics.refused();
            promise.completeExceptionally(StandardError.UNAVAILABLE
                    .problem()
                    .retryAfter(breaker.getRemainingDelay())
                    .toException());
            return;
        }
        CompletionStage<?> unused = send(target, call).whenComplete((reply, failure) -> {
            ErrorCode code = failure == null ? null : code(failure);
            record(code);
            if (failure == null) {
                promise.complete(reply);
            } else if (code != null && isTriedAgain(call, made, code)) {
                metrics.tried();
                again(() -> attempt(call, made + 1, promise), made, call);
            } else {
                promise.completeExceptionally(unwrap(failure));
            }
        });
    }

    /** A target must not throw; one that does must not have its caller wait for ever. */
    private static CompletionStage<Reply<Payload>> send(Target target, Call call) {
        try {
            return target.send(call);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(
                    StandardError.INTERNAL.problem().cause(e).toException());
        }
    }

    private void record(@org.jspecify.annotations.Nullable ErrorCode code) {
        if (code == null || (!FAULTS.contains(code) && code != StandardError.CANCELLED)) {
            breaker.recordSuccess();
        } else if (code != StandardError.CANCELLED || breaker.isHalfOpen()) { // a probe that tells nothing is none
            breaker.recordFailure();
        }
    }

    private boolean isTriedAgain(Call call, int made, ErrorCode code) {
        return made < retries
                && AGAIN.contains(code)
                && call.isRepeatable()
                && !call.cancellation().isCancelled()
                && budget.take();
    }

    /** Puts a try off, at random so that callers do not come all at once (full jitter). */
    private void again(Runnable attempt, int made, Call call) {
        long most = first.toNanos() << made;
        if (call.deadline() != null) {
            most = Math.min(most, call.deadline().remaining().toNanos() / 2);
        }
        var unused =
                tries.schedule(attempt, ThreadLocalRandom.current().nextLong(Math.max(1, most)), TimeUnit.NANOSECONDS);
    }

    private static ErrorCode code(Throwable failure) {
        return unwrap(failure) instanceof ProblemException problem ? problem.code() : StandardError.INTERNAL;
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
