package io.betrue.commands;

import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a call that is made again as it was answered the first time. A caller that wants it sends a header {@code idempotency-key} of its own making, the same with each
 * try. The first reply is kept, and so is a failure that another try would not mend; failures that are {@linkplain io.betrue.errors.ErrorDefinition#retryable() retryable} give
 * the key up. While the first call runs, and for the same key with another input, a call is a CONFLICT. Keys belong to a caller and a command. Put it after
 * {@link SchemaCheck}, so that what is refused uses up no key. Safe for use by multiple threads.
 *
 * <p>The keys of forwarded calls, and of commands that {@linkplain CommandType#takesContent() take} or {@linkplain CommandType#givesContent() give} a stream, are not looked at:
 * streams cannot be compared or kept, so such a call is done each time that it is made. A handler may look at the key itself.
 *
 * <p>A key stays taken as long as its call runs, also after the deadline. If the process was killed, it stays so for the time that the call had left and a minute more, for five minutes at
 * least. Only while a process can neither renew its keys nor end, because it stands still or does not reach the store for so long, another try may run beside; how that one ends then counts.
 *
 * <p>The semantics are those of Stripe's API and of the IETF draft httpapi-idempotency-key-header.
 */
public final class Idempotency implements Interceptor {
    /** The header: {@value}. */
    public static final String HEADER = "idempotency-key";

    /** The header of a reply that was kept: {@value}, with the value {@code true}. */
    public static final String REPLAYED = "idempotency-replayed";

    private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Duration BEYOND_DEADLINE = Duration.ofMinutes(1);
    private static final int FAILED = 400;

    private final IdempotencyStore store;
    private final Duration keep;
    private final Renewal.@Nullable Later later; // null for that of the commands

    private Idempotency(IdempotencyStore store, Duration keep, Renewal.@Nullable Later later) {
        this.store = store;
        this.keep = keep;
        this.later = later;
    }

    /**
     * {@return idempotency whose keys are kept for 24 hours}
     *
     * @param store remembers how calls ended
     */
    public static Idempotency in(IdempotencyStore store) {
        return new Idempotency(store, Duration.ofHours(24), null);
    }

    /**
     * {@return idempotency whose keys are kept so long}
     *
     * @param time how long after the end of the first call; more than zero, at most 366 days
     * @throws IllegalArgumentException if the time is out of range
     */
    public Idempotency keeping(Duration time) {
        if (time.isZero() || time.isNegative() || time.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException(
                    "idempotency keys are kept for more than zero and at most 366 days, was " + time);
        }
        return new Idempotency(store, time, later);
    }

    /** {@return the same, whose keys are renewed when this says} */
    Idempotency renewing(Renewal.Later when) {
        return new Idempotency(store, keep, when);
    }

    @Override
    public CompletionStage<Reply<Payload>> intercept(Invocation call) {
        String given = call.context().header(HEADER);
        if (given == null
                || call.isForwarded()
                || call.type().givesContent()
                || call.type().takesContent()) {
            return call.proceed();
        }
        if (!KEY.matcher(given).matches()) {
            throw StandardError.BAD_REQUEST
                    .problem()
                    .detail("The idempotency key must have 1 to 255 visible ASCII characters.")
                    .toException();
        }
        String caller = call.context().caller().map(Principal::id).orElse("");
        String key = digest((call.type().address() + "\n" + caller + "\n" + given).getBytes(StandardCharsets.UTF_8));
        String fingerprint = digest(call.input().bytes(call.mapper()));
        Duration lease = lease(call.context().deadline());
        IdempotencyStore.Entry entry = store.begin(key, fingerprint, lease);
        String token = entry.token();
        if (token != null) {
            Renewal.Later when = later == null ? call.context().later() : later;
            Renewal renewal = Renewal.begin(when, store, key, token, lease);
            return call.proceed().whenComplete((reply, failure) -> {
                renewal.end();
                keep(key, token, call, reply, failure);
            });
        }
        return replay(entry, fingerprint, call);
    }

    /** Nobody else may take the key while the call may still be worked on, also where nothing is renewed. */
    private static Duration lease(Deadline deadline) {
        Duration lease = deadline.remaining().plus(BEYOND_DEADLINE);
        return lease.compareTo(Renewal.LEASE) > 0 ? lease : Renewal.LEASE;
    }

    private static CompletionStage<Reply<Payload>> replay(
            IdempotencyStore.Entry entry, String fingerprint, Invocation call) {
        if (!entry.fingerprint().equals(fingerprint)) {
            throw StandardError.CONFLICT
                    .problem()
                    .detail("The idempotency key was used for another input.")
                    .toException();
        }
        IdempotencyStore.Outcome outcome = entry.outcome();
        if (outcome == null) {
            throw StandardError.CONFLICT
                    .problem()
                    .detail("The first call with this idempotency key has not ended.")
                    .retryAfter(Duration.ofSeconds(1))
                    .toException();
        }
        if (outcome.status() >= FAILED) {
            Problem problem = call.context()
                    .catalogue()
                    .ofResponse(outcome.status(), outcome.json().getBytes(StandardCharsets.UTF_8));
            throw problem.toException();
        }
        Reply<Payload> reply = new Reply<>(
                outcome.status(),
                outcome.headers(),
                Payload.ofJson(outcome.json().getBytes(StandardCharsets.UTF_8)),
                null);
        return CompletableFuture.completedFuture(reply.header(REPLAYED, "true"));
    }

    /** What the call came to is the caller's, also where it cannot be kept: the key then stays taken until its lease ends. */
    private void keep(
            String key, String token, Invocation call, @Nullable Reply<Payload> reply, @Nullable Throwable failure) {
        try {
            IdempotencyStore.Outcome outcome = outcome(call, reply, failure);
            boolean own = outcome == null ? store.release(key, token) : store.end(key, token, outcome, keep);
            if (!own) {
                LOG.warn(
                        "A call of {} went on for longer than its idempotency key was kept for it: another may have been done beside it",
                        call.type());
            }
        } catch (RuntimeException e) {
            LOG.warn("How a call of {} ended cannot be kept for its idempotency key", call.type(), e);
        }
    }

    private static IdempotencyStore.@Nullable Outcome outcome(
            Invocation call, @Nullable Reply<Payload> reply, @Nullable Throwable failure) {
        if (reply != null) {
            String body = new String(reply.result().bytes(call.mapper()), StandardCharsets.UTF_8);
            return new IdempotencyStore.Outcome(reply.status(), reply.headers(), body);
        }
        if (failure != null && Waiting.unwrap(failure) instanceof ProblemException known && isFinal(known)) {
            Problem problem = known.problem();
            return new IdempotencyStore.Outcome(
                    problem.status(), Headers.NONE, new String(problem.toJson(), StandardCharsets.UTF_8));
        }
        return null;
    }

    /** Another try of what the application refused would be refused again; one that met a fault may fare better. */
    private static boolean isFinal(ProblemException known) {
        return !known.code().definition().retryable()
                && known.code() != StandardError.CANCELLED
                && known.problem().status() < 500;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
