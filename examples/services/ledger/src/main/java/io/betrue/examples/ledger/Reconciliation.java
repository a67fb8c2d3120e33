package io.betrue.examples.ledger;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.Cron;
import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobHandler;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the books again every night: the database promises that they balance, and this is how anybody would learn that the promise was broken, by a restore
 * from a backup or by hand. Safe for use by multiple threads.
 */
public final class Reconciliation implements JobHandler<Reconciliation.Wanted> {
    /** The queue that it waits in. */
    public static final String QUEUE = "bookkeeping";

    /** The kind of job: 10 attempts, from a minute to an hour apart, when the database does not answer. */
    public static final JobType<Wanted> TYPE = JobType.of("ledger/reconciliation", Wanted.class)
            .queue(QUEUE)
            .retries(Backoff.exponential(Duration.ofMinutes(1), Duration.ofHours(1)), 10);

    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(10);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ANSWER_TIMEOUT = LONGEST_STATEMENT.plusSeconds(10);
    private static final int MOST_FAULTS = 20;

    private final Transactions transactions;

    /**
     * What a job carries.
     *
     * @param mostFaults how many faults it names at most, 1 to 20
     */
    public record Wanted(int mostFaults) {
        /**
         * Checks the range.
         *
         * @param mostFaults how many faults
         */
        public Wanted {
            if (mostFaults < 1 || mostFaults > MOST_FAULTS) {
                throw new IllegalArgumentException("mostFaults must be 1 to " + MOST_FAULTS + ", was " + mostFaults);
            }
        }
    }

    /**
     * What is kept with a job that found no fault.
     *
     * @param postings how many postings were added up
     * @param accounts how many accounts of users were compared
     */
    public record Report(long postings, long accounts) {}

    private record Sum(String currency, long postings, String total) {}

    /**
     * Counts the books of a database.
     *
     * @param dataSource where connections come from, each for 10 minutes a statement at most; a pool that gives them their own network timeout back, as
     *     HikariCP does. Stays the caller's to close
     */
    public Reconciliation(DataSource dataSource) {
        this.transactions = new Transactions(dataSource, LONGEST_STATEMENT, LOCK_TIMEOUT);
    }

    /** {@return every night at three in UTC; nights that nobody was there for are made up for by one job} */
    public static Schedule<Wanted> nightly() {
        return Schedule.of("ledger-reconciliation", Cron.parse("0 3 * * *"), TYPE, new Wanted(MOST_FAULTS))
                .onMisfire(Schedule.Misfire.ONE);
    }

    /** Ends well with a {@link Report}, or for good when the books have a fault, which another attempt would find again. */
    @Override
    public void run(JobContext job, Wanted wanted) {
        List<String> faults = new ArrayList<>();
        Report report = transactions.read(handle -> {
            faults.clear(); // of a try before that the database had rolled back
            allowTime(handle);
            return count(handle, job, wanted.mostFaults(), faults);
        });
        if (faults.isEmpty()) {
            job.result(report);
            return;
        }
        for (String fault : faults) {
            log.error("The books do not balance: {}", fault);
            job.log(fault);
        }
        throw job.failForGood("the books do not balance: " + String.join("; ", faults));
    }

    private static Report count(Handle handle, JobContext job, int most, List<String> faults) {
        long postings = 0;
        for (Sum sum : sums(handle, job)) {
            postings += sum.postings();
            if (!sum.total().equals("0")) {
                faults.add("all postings in " + sum.currency() + " sum to " + sum.total() + " instead of 0");
            }
        }
        faults.addAll(wrongBalances(handle, job, most));
        faults.addAll(wrongSides(handle, job, most));
        long accounts = query(handle, job, "select count(*) from ledger.accounts where owner is not null")
                .mapTo(Long.class)
                .one();
        return new Report(postings, accounts);
    }

    private static List<Sum> sums(Handle handle, JobContext job) {
        return query(handle, job, """
                        select currency, count(*) as postings, sum(amount) as total
                        from ledger.postings group by currency order by currency""")
                .map((row, context) -> new Sum(
                        row.getString("currency"),
                        row.getLong("postings"),
                        row.getBigDecimal("total").toPlainString()))
                .list();
    }

    /** One statement, so that it compares one moment. */
    private static List<String> wrongBalances(Handle handle, JobContext job, int most) {
        return query(handle, job, """
                        select a.id, a.currency, a.balance, coalesce(sum(p.amount), 0) as total
                        from ledger.accounts a left join ledger.postings p on p.account_id = a.id
                        where a.owner is not null
                        group by a.id having a.balance <> coalesce(sum(p.amount), 0)
                        order by a.id limit :most""")
                .bind("most", most)
                .map((row, context) -> "account " + row.getLong("id") + " says "
                        + row.getBigDecimal("balance").toPlainString() + " of the smallest unit of "
                        + row.getString("currency") + ", its postings sum to "
                        + row.getBigDecimal("total").toPlainString())
                .list();
    }

    /** A deposit or withdrawal is between one user and the outside, a transfer between two users. */
    private static List<String> wrongSides(Handle handle, JobContext job, int most) {
        return query(handle, job, """
                        select t.id, t.kind, count(p.sequence) as users, count(*) as postings
                        from ledger.transactions t join ledger.postings p on p.transaction_id = t.id
                        group by t.id
                        having count(*) <> 2 or count(p.sequence) <> case t.kind when 'transfer' then 2 else 1 end
                        order by t.id limit :most""")
                .bind("most", most)
                .map((row, context) -> row.getString("kind") + " " + row.getObject("id", UUID.class) + " has "
                        + row.getInt("postings") + " postings, " + row.getInt("users") + " of users")
                .list();
    }

    /** A query that ends when the attempt must end. */
    private static Query query(Handle handle, JobContext job, String sql) {
        return handle.createQuery(sql).addCustomizer(new StatementCustomizer() {
            @Override
            public void beforeExecution(PreparedStatement statement, StatementContext context) {
                job.onCancel(() -> cancel(statement));
            }
        });
    }

    private static void cancel(PreparedStatement statement) {
        try {
            if (!statement.isClosed()) {
                statement.cancel();
            }
        } catch (SQLException e) {
            log.debug("A statement cannot be cancelled", e);
        }
    }

    private static void allowTime(Handle handle) {
        try {
            handle.getConnection().setNetworkTimeout(Runnable::run, (int) ANSWER_TIMEOUT.toMillis());
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }
}
