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
 * Here alone is it decided by whether there is an account what a letter says, and whether one goes: nobody who asks for one can see it. Safe for use by multiple threads.
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
        String id = "letter-" + job.id();
        String email = wanted.email();
        Instant now = clock.instant();
        Optional<Mail> mail = wanted.purpose().equals(Purpose.CONFIRMATION.text())
                ? database.run(handle -> Optional.of(registration(handle, id, email, now)))
                : database.run(handle -> recovery(handle, id, email, now));
        if (mail.isPresent()) {
            mailer.send(mail.get());
        }
    }

    private Mail registration(Handle handle, String id, String email, Instant now) {
        String code = codes.make(handle, email, Purpose.CONFIRMATION, now); // also for an address that is taken, see V3
        if (Users.find(handle, email).filter(Users.User::confirmed).isPresent()) {
            return new Mail(id, email, "You have an account", """
                    Somebody has asked for an account with this address, which has one.

                    Sign in with your password, or choose "Forgotten your password?" to set a new one.
                    If you have not asked for it, ignore this letter: your account stays as it is.
                    """);
        }
        return new Mail(id, email, "Confirm your address", """
                Your code is %s

                Enter it within %s, with a password of your choice, to open your account.
                If you have not asked for one, ignore this letter: nobody opens it without the code.
                """.formatted(code, time(Purpose.CONFIRMATION)));
    }

    private Optional<Mail> recovery(Handle handle, String id, String email, Instant now) {
        String code = codes.make(handle, email, Purpose.RECOVERY, now);
        return Users.find(handle, email)
                .map(user -> new Mail(id, email, "Set a new password", """
                Your code is %s

                Enter it within %s to set a new password.
                If you have not asked for it, ignore this letter: your password stays as it is.
                """.formatted(code, time(Purpose.RECOVERY))));
    }

    private String time(Purpose purpose) {
        Duration lifetime = options.lifetime(purpose);
        return lifetime.toHours() > 0 ? lifetime.toHours() + " h" : lifetime.toMinutes() + " min";
    }
}
