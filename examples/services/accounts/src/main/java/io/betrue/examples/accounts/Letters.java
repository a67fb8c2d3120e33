package io.betrue.examples.accounts;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import io.betrue.jobs.WorkerConfig;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/**
 * Sends letters with codes, as jobs: a code is made when its letter goes, so that no table and no queue ever has one, and a letter that is tried again has a new one.
 * Safe for use by multiple threads.
 */
public final class Letters {
    /** The queue that letters wait in. */
    public static final String QUEUE = "letters";

    /** The kind of job that sends a letter: 10 attempts, from 2 seconds to 5 minutes apart. */
    public static final JobType<Wanted> TYPE = JobType.of("accounts/letter", Wanted.class)
            .queue(QUEUE)
            .retries(Backoff.exponential(Duration.ofSeconds(2), Duration.ofMinutes(5)), 10)
            .timeout(Duration.ofMinutes(1));

    private final Database database;
    private final Codes codes;
    private final CodeOptions options;
    private final Mailer mailer;
    private final Clock clock;

    /**
     * What a job carries.
     *
     * @param email the address, of a user or of nobody
     * @param purpose what the code is for
     */
    public record Wanted(String email, String purpose) {
        /** {@return a text without the address} */
        @Override
        public String toString() {
            return "Wanted[" + purpose + "]";
        }
    }

    /**
     * Makes what sends letters.
     *
     * @param dataSource the database of {@link Accounts}; stays the caller's to close
     * @param options how codes are made
     * @param mailer takes the letters
     * @param clock what time it is
     * @param random where codes come from
     */
    public Letters(DataSource dataSource, CodeOptions options, Mailer mailer, Clock clock, SecureRandom random) {
        this.database = new Database(dataSource);
        this.codes = new Codes(database, options, random);
        this.options = options;
        this.mailer = mailer;
        this.clock = clock;
    }

    /**
     * Says who handles the jobs.
     *
     * @param worker the application's
     * @param atOnce how many letters are sent at once; at least 1
     */
    public void handle(WorkerConfig worker, int atOnce) {
        worker.queue(QUEUE, atOnce).handle(TYPE, this::send);
    }

    /** Orders a letter in the transaction of the handle; while one for the same address and purpose waits, it stands for further orders. */
    static void order(Handle handle, TransactionalJobs jobs, Purpose purpose, String email) {
        String key = purpose.text() + ":" + HexFormat.of().formatHex(Digests.of(email));
        jobs.in(handle.getConnection())
                .enqueue(JobRequest.of(TYPE, new Wanted(email, purpose.text())).uniqueKey(key));
    }

    private void send(JobContext job, Wanted wanted) throws Exception {
        Purpose purpose =
                wanted.purpose().equals(Purpose.CONFIRMATION.text()) ? Purpose.CONFIRMATION : Purpose.RECOVERY;
        Instant now = clock.instant();
        Optional<String> code = database.run(handle -> Users.find(handle, wanted.email())
                .filter(user -> purpose == Purpose.RECOVERY || !user.confirmed())
                .map(user -> codes.make(handle, user.id(), purpose, now)));
        if (code.isPresent()) {
            mailer.send(letter("letter-" + job.id(), wanted.email(), purpose, code.get()));
        }
    }

    private Mail letter(String id, String email, Purpose purpose, String code) {
        Duration lifetime = options.lifetime(purpose);
        String time = lifetime.toHours() > 0 ? lifetime.toHours() + " h" : lifetime.toMinutes() + " min";
        return switch (purpose) {
            case CONFIRMATION -> new Mail(id, email, "Confirm your address", """
                        Your code is %s

                        Enter it within %s to confirm this address.
                        If you have not opened an account, ignore this letter.
                        """.formatted(code, time));
            case RECOVERY -> new Mail(id, email, "Set a new password", """
                        Your code is %s

                        Enter it within %s to set a new password.
                        If you have not asked for it, ignore this letter: your password stays as it is.
                        """.formatted(code, time));
        };
    }
}
