package io.betrue.jobs.internal;

import io.betrue.jobs.JobError;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobSignal;
import io.betrue.jobs.JobType;
import io.betrue.jobs.WorkerConfig.Registration;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs handlers, and says how their attempts ended. */
final class Runner {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final Duration WITHOUT_HANDLER = Duration.ofSeconds(30);
    private static final Duration LONGEST_DELAY = Duration.ofDays(3650);

    final Signal idle = new Signal();
    private final EngineWorker worker;
    private final Settler settler;
    private final Pulse pulse;

    Runner(EngineWorker worker, Settler settler, Pulse pulse) {
        this.worker = worker;
        this.settler = settler;
        this.pulse = pulse;
    }

    /** Runs the jobs of a queue that wait for a thread, until none does. */
    void runAll(QueueRun queue) {
        ClaimedJob job = queue.next();
        while (job != null) {
            long began = System.nanoTime();
            try {
                run(new Attempt(queue, job, worker.codec, began, pulse::reportsWait));
            } catch (Throwable e) {
                LOG.error("Job {} ({}): the worker itself failed", job.id(), job.type(), e);
            } finally {
                queue.ran(System.nanoTime() - began);
            }
            job = queue.next();
        }
        settler.allBegun();
        if (queue.hasRoomForKnownWork()) {
            worker.roomMade();
        }
    }

    private void run(Attempt attempt) {
        JobOutcome outcome = null;
        try {
            Attempt before = worker.running.put(attempt.id(), attempt);
            if (before != null) {
                forget(before);
            }
            pulse.deadlineAt(attempt.deadlineNanos);
            attempt.begin();
            outcome = traced(attempt);
        } finally {
            attempt.end();
            settle(attempt, outcome == null ? unknown(attempt) : outcome);
        }
    }

    /**
     * The store has handed out a job again that still runs here: it has forgotten the first claim in a crash, and may have given the second the same number.
     */
    private void forget(Attempt before) {
        // first of all, or the handler that is told could end the second run's claim
        boolean unsettled = before.claimSettlement();
        before.end(Attempt.Ending.LOST, "the store has forgotten this claim in a crash, the job runs again");
        if (unsettled) {
            worker.stored(before.job);
            if (before.inQueue.settled()) {
                idle.ring();
            }
        }
    }

    private JobOutcome traced(Attempt attempt) {
        try (Telemetry.Scope scope = worker.telemetry.attempt(attempt.job)) {
            MDC.put("job.id", Long.toString(attempt.id()));
            MDC.put("job.type", attempt.type());
            MDC.put("job.attempt", Integer.toString(attempt.attempt()));
            JobOutcome outcome = outcome(attempt);
            scope.ended(outcome);
            return outcome;
        } finally {
            MDC.remove("job.id");
            MDC.remove("job.type");
            MDC.remove("job.attempt");
        }
    }

    private void tell(Attempt attempt, JobOutcome outcome) {
        Duration took = Duration.ofNanos(System.nanoTime() - attempt.startedNanos);
        try {
            worker.config.listener().ended(attempt.type(), attempt.queue(), outcome, took);
        } catch (Throwable e) {
            LOG.warn("The listener of the worker failed", e);
        }
    }

    private static JobOutcome unknown(Attempt attempt) {
        JobError error = new JobError("unknown", "the worker failed around the handler, see its log", null);
        return attempt.isLastAttempt() ? new JobOutcome.Died(error) : new JobOutcome.Retried(WITHOUT_HANDLER, error);
    }

    private JobOutcome outcome(Attempt attempt) {
        Registration<?> registration = worker.config.handlers().get(attempt.type());
        if (registration == null) {
            JobException failure = new JobException("this worker has no handler for job type " + attempt.type());
            failure.setStackTrace(new StackTraceElement[0]); // it would only show this worker
            return failed(attempt, null, failure);
        }
        try {
            call(registration, attempt);
            return attempt.success();
        } catch (JobSignal signal) {
            return signalled(attempt, signal.outcome());
        } catch (Throwable failure) {
            return failed(attempt, registration.type(), failure);
        }
    }

    private <P> void call(Registration<P> registration, Attempt attempt) throws Exception {
        registration.handler().run(attempt, worker.codec.read(registration.type(), attempt.job));
    }

    private JobOutcome signalled(Attempt attempt, JobOutcome wanted) {
        if (attempt.ending() == Attempt.Ending.CANCELLED) {
            return new JobOutcome.Cancelled("cancelled");
        }
        if (wanted instanceof JobOutcome.Retried retried) {
            return attempt.isLastAttempt()
                    ? new JobOutcome.Died(retried.error())
                    : new JobOutcome.Retried(bounded(retried.delay()), retried.error());
        }
        return wanted instanceof JobOutcome.Snoozed snoozed ? new JobOutcome.Snoozed(bounded(snoozed.delay())) : wanted;
    }

    private JobOutcome failed(Attempt attempt, @Nullable JobType<?> type, Throwable failure) {
        Attempt.Ending ending = attempt.ending();
        if (ending == Attempt.Ending.CANCELLED) {
            return new JobOutcome.Cancelled("cancelled");
        }
        if (ending == Attempt.Ending.STOPPED || ending == Attempt.Ending.LOST) {
            return interrupted(attempt);
        }
        JobError error = ending == Attempt.Ending.TIMEOUT ? timeout(attempt) : JobError.of(failure);
        if (attempt.isLastAttempt()) {
            LOG.error(
                    "Job {} ({}) is dead after {} attempts", attempt.id(), attempt.type(), attempt.attempts(), failure);
            return new JobOutcome.Died(error);
        }
        LOG.warn(
                "Job {} ({}) failed in attempt {} of {}: {}: {}",
                attempt.id(),
                attempt.type(),
                attempt.attempt(),
                attempt.attempts(),
                error.kind(),
                error.message());
        Duration delay =
                type == null ? WITHOUT_HANDLER : type.backoff().delay(attempt.attempt(), worker.config.random());
        return new JobOutcome.Retried(bounded(delay), error);
    }

    /** What no store could keep would be tried again and again. */
    private static Duration bounded(Duration delay) {
        if (delay.isNegative()) {
            return Duration.ZERO;
        }
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }

    private static JobOutcome interrupted(Attempt attempt) {
        return attempt.isLastAttempt()
                ? new JobOutcome.Snoozed(Duration.ZERO)
                : new JobOutcome.Retried(
                        Duration.ZERO, new JobError("stopped", "the worker stopped before the attempt ended", null));
    }

    private static JobError timeout(Attempt attempt) {
        return new JobError("timeout", "the attempt took longer than " + attempt.job.timeout(), null);
    }

    /** Hands the outcome on, unless the attempt has one already. */
    private void settle(Attempt attempt, JobOutcome outcome) {
        worker.running.remove(attempt.id(), attempt);
        if (!attempt.claimSettlement()) {
            return;
        }
        tell(attempt, outcome);
        settler.add(new Settlement(attempt.job, outcome), attempt.takeReport());
        if (attempt.inQueue.settled()) {
            idle.ring();
        }
    }

    /** Settles an attempt whose handler does not end: its time is over. The handler keeps its thread until it returns. */
    void timedOut(Attempt attempt) {
        settle(
                attempt,
                attempt.isLastAttempt()
                        ? new JobOutcome.Died(timeout(attempt))
                        : new JobOutcome.Retried(WITHOUT_HANDLER, timeout(attempt)));
    }

    /** Settles an attempt whose handler does not end although the worker stops. */
    void abandon(Attempt attempt) {
        LOG.warn(
                "Job {} ({}) ignores that the worker stops; it runs again elsewhere while its thread goes on here",
                attempt.id(),
                attempt.type());
        settle(attempt, interrupted(attempt));
    }

    /** Gives back jobs that no thread has begun. */
    void release(List<ClaimedJob> jobs) {
        jobs.forEach(job -> settler.add(new Settlement(job, new JobOutcome.Released()), null));
    }
}
