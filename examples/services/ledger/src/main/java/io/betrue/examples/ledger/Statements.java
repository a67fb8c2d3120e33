package io.betrue.examples.ledger;

import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.BalanceQuery;
import io.betrue.examples.ledger.api.Entry;
import io.betrue.examples.ledger.api.HistoryQuery;
import io.betrue.examples.ledger.api.StatementOrder;
import io.betrue.examples.ledger.api.StatementOrdered;
import io.betrue.jobs.Backoff;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.Enqueuer;
import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobHandler;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Sends users what they have and what moved last, when they ask for it: the order is a job, so that it outlives the process, and whoever ordered does not
 * wait for a mail server. Safe for use by multiple threads.
 */
public final class Statements {
    /** The queue that orders wait in. */
    public static final String QUEUE = "statements";

    /** The kind of job that sends a statement: 20 attempts, from 2 seconds to 10 minutes apart. */
    public static final JobType<Wanted> TYPE = JobType.of("ledger/statement", Wanted.class)
            .queue(QUEUE)
            .retries(Backoff.exponential(Duration.ofSeconds(2), Duration.ofMinutes(10)), 20)
            .timeout(Duration.ofMinutes(1));

    private static final int MOVEMENTS = 10;

    private final Ledger ledger;
    private final Enqueuer jobs;

    /**
     * What a job carries.
     *
     * @param userId whose account
     * @param currency a currency code that exists
     */
    public record Wanted(UUID userId, String currency) {}

    /**
     * Takes orders.
     *
     * @param ledger knows the currencies
     * @param jobs takes the jobs
     */
    public Statements(Ledger ledger, Enqueuer jobs) {
        this.ledger = ledger;
        this.jobs = jobs;
    }

    /**
     * Orders a statement. While one of the same account waits or is being sent, it stands for further orders.
     *
     * @param caller whose account
     * @param order which account
     * @return the job
     * @throws io.betrue.errors.ProblemException with {@code VALIDATION_FAILED} or {@code UNKNOWN_CURRENCY} for what was asked; {@code UNAVAILABLE} if the
     *     database does not answer in time, when the order may be repeated without harm
     */
    public StatementOrdered order(UUID caller, StatementOrder order) {
        Inputs inputs = new Inputs();
        String currency = inputs.currency(order.currency());
        inputs.refuseFaults();
        ledger.balance(caller, new BalanceQuery(currency)); // refuses a currency that there is not
        try {
            EnqueuedJob job = jobs.enqueue(
                    JobRequest.of(TYPE, new Wanted(caller, currency)).uniqueKey(caller + ":" + currency));
            return new StatementOrdered(Long.toString(job.id()), job.created());
        } catch (JobException e) {
            throw SqlFailure.of(e).notOrdered();
        }
    }

    /**
     * {@return what runs the jobs: it sends what the account is at that moment, at least once}
     *
     * @param ledger where the money is
     * @param mailer takes the statement
     */
    public static JobHandler<Wanted> handler(Ledger ledger, Mailer mailer) {
        return (job, wanted) -> mailer.send(statement(ledger, job, wanted));
    }

    private static Mail statement(Ledger ledger, JobContext job, Wanted wanted) {
        String currency = wanted.currency();
        // In this order the balance is that of the newest movement, also when money moves meanwhile.
        Balance empty = ledger.balance(wanted.userId(), new BalanceQuery(currency))
                .balances()
                .get(0);
        List<Entry> entries = ledger.history(wanted.userId(), new HistoryQuery(currency, null, MOVEMENTS))
                .entries();
        StringBuilder text = new StringBuilder("Balance: ")
                .append(entries.isEmpty() ? empty.balance() : entries.get(0).balance())
                .append(' ')
                .append(currency)
                .append(entries.isEmpty() ? "\nNothing has moved yet.\n" : "\nThe last movements:\n");
        for (Entry entry : entries) { // without references: callers chose them, and they may say more than they should
            text.append(
                    "%s  %-10s  %s, then %s\n".formatted(entry.at(), entry.type(), entry.amount(), entry.balance()));
        }
        return new Mail("statement-" + job.id(), wanted.userId(), "Your " + currency + " account", text.toString());
    }
}
