package io.betrue.examples.accounts;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/**
 * Bounds how many letters an address is sent, for addresses with and without an account alike. Counted in PostgreSQL for all instances; every count clears away some that
 * are older than a day. Each method works in the transaction of the handle.
 */
final class LetterThrottle {
    private static final Duration DAY = Duration.ofDays(1);

    private final CodeOptions options;

    LetterThrottle(CodeOptions options) {
        this.options = options;
    }

    /** {@return whether a letter may go, which is counted then} */
    boolean take(Handle handle, Purpose purpose, String email, Instant now) {
        byte[] hash = Digests.of(email);
        return handle.createUpdate("""
                        with pruned as (
                            delete from accounts.letters where (address_hash, purpose) in (
                                select address_hash, purpose from accounts.letters
                                where last_at < :yesterday and address_hash <> :hash
                                order by last_at limit 10 for update skip locked))
                        insert into accounts.letters as l (address_hash, purpose, asked, since, last_at)
                        values (:hash, :purpose, 1, :now, :now)
                        on conflict (address_hash, purpose) do update set
                            asked = case when l.since < :yesterday then 1 else l.asked + 1 end,
                            since = case when l.since < :yesterday then :now else l.since end,
                            last_at = :now
                        where l.last_at <= :pauseAgo and (l.asked < :most or l.since < :yesterday)""")
                        .bind("yesterday", utc(now.minus(DAY)))
                        .bind("hash", hash)
                        .bind("purpose", purpose.text())
                        .bind("now", utc(now))
                        .bind("pauseAgo", utc(now.minus(options.pause())))
                        .bind("most", options.perDay())
                        .execute()
                == 1;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
