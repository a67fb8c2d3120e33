package io.betrue.examples.accounts;

import io.betrue.errors.StandardError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Slows down guessing: after five attempts without success an address waits 1 second, then 2, 4 and so on up to 15 minutes.
 *
 * <p>An attempt is counted before the password is looked at, by one statement, so that many guesses at the same time are
 * no way around. The count is kept in PostgreSQL for all instances, and forgotten two hours after the last attempt; every
 * attempt clears away some forgotten ones, so that the table holds at most what two hours of attempts put in.
 * Safe for use by multiple threads.
 */
final class SignInThrottle {
    private static final int FREE_ATTEMPTS = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final Duration MEMORY = Duration.ofHours(2);

    private final Database database;
    private final Clock clock;

    SignInThrottle(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Answers while an address waits, and costs next to nothing.
     *
     * @throws io.betrue.errors.ProblemException with {@code RATE_LIMITED}
     */
    void refuseIfBlocked(String email) {
        Instant now = clock.instant();
        Optional<Instant> until = database.run(handle -> blockedUntil(handle, email));
        until.filter(now::isBefore).ifPresent(instant -> refuse(Duration.between(now, instant)));
    }

    /**
     * Counts an attempt.
     *
     * @throws io.betrue.errors.ProblemException with {@code RATE_LIMITED} if the address has to wait; then it was not counted
     */
    void claim(String email) {
        Instant now = clock.instant();
        Optional<Instant> until = database.run(
                handle -> count(handle, email, now) ? Optional.<Instant>empty() : blockedUntil(handle, email));
        until.ifPresent(instant -> refuse(Duration.between(now, instant)));
    }

    /** Forgets the attempts of an address, after a success. */
    void reset(String email) {
        database.run(handle -> handle.createUpdate("delete from accounts.sign_in_attempts where email_hash = :hash")
                .bind("hash", Digests.of(email))
                .execute());
    }

    private static boolean count(Handle handle, String email, Instant now) {
        return at(handle.createUpdate("""
                                        with pruned as (
                                            delete from accounts.sign_in_attempts where email_hash in (
                                                select email_hash from accounts.sign_in_attempts
                                                where at < :forgotten and email_hash <> :hash
                                                order by at limit 10 for update skip locked))
                                        insert into accounts.sign_in_attempts as a (email_hash, attempts, at, blocked_until)
                                        values (:hash, 1, :now, :now)
                                        on conflict (email_hash) do update set
                                            attempts = case when a.at < :forgotten then 1 else a.attempts + 1 end,
                                            at = :now,
                                            blocked_until = case
                                                when a.at < :forgotten or a.attempts + 1 < :free then :now
                                                else :now + interval '1 second'
                                                    * least(power(2, least(a.attempts + 1 - :free, 20)), :longest)
                                                end
                                        where a.blocked_until <= :now"""), now)
                        .bind("hash", Digests.of(email))
                        .bind("free", FREE_ATTEMPTS)
                        .bind("longest", LONGEST_WAIT.toSeconds())
                        .execute()
                == 1;
    }

    private static <S extends SqlStatement<S>> S at(S statement, Instant now) {
        return statement
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("forgotten", now.minus(MEMORY).atOffset(ZoneOffset.UTC));
    }

    private static Optional<Instant> blockedUntil(Handle handle, String email) {
        return handle.createQuery("select blocked_until from accounts.sign_in_attempts where email_hash = :hash")
                .bind("hash", Digests.of(email))
                .map((row, context) ->
                        row.getObject("blocked_until", OffsetDateTime.class).toInstant())
                .findOne();
    }

    private static void refuse(Duration wait) {
        throw StandardError.RATE_LIMITED.problem().retryAfter(wait).toException();
    }
}
