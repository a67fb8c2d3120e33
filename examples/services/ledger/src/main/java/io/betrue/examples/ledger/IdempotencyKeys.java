package io.betrue.examples.ledger;

import io.betrue.errors.StandardError;
import io.betrue.examples.ledger.api.Balance;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/**
 * Remembers which transaction a caller's key stands for, so that a repeated request has one effect.
 *
 * <p>The answer is not stored twice: the posting has it. Old keys go many at a time, with every hundredth new one: to look for them each time would cost as much as the movement. Safe for use by
 * multiple threads.
 */
final class IdempotencyKeys {
    private static final int CLAIMS_BETWEEN = 100;
    private static final int MOST_FORGOTTEN = 5 * CLAIMS_BETWEEN;

    private final Duration lifetime;
    private final Clock clock;
    private final AtomicInteger claims = new AtomicInteger();

    IdempotencyKeys(Duration lifetime, Clock clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * Takes a key for a movement. Waits while another transaction is about to take the same key.
     *
     * @return whether the key was free; a rollback frees it again
     */
    boolean claim(Handle handle, Movement movement, String key) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        if (claims.getAndIncrement() % CLAIMS_BETWEEN == 0) {
            forgetOld(handle, movement.caller(), key, now.minus(lifetime));
        }
        int claimed = handle.createUpdate("""
                        insert into ledger.idempotency_keys (owner, key, transaction_id, created_at)
                        values (:owner, :key, :id, :now) on conflict do nothing""")
                .bind("owner", movement.caller())
                .bind("key", key)
                .bind("id", movement.id())
                .bind("now", now)
                .execute();
        return claimed == 1;
    }

    /** All but the key that is about to be asked for, which may be old and repeated. */
    private static void forgetOld(Handle handle, UUID owner, String key, OffsetDateTime expired) {
        handle.createUpdate("""
                        delete from ledger.idempotency_keys where (owner, key) in (
                            select owner, key from ledger.idempotency_keys
                            where created_at < :expired and (owner, key) <> (:owner, :key)
                            order by created_at limit :most for update skip locked)""")
                .bind("expired", expired)
                .bind("owner", owner)
                .bind("key", key)
                .bind("most", MOST_FORGOTTEN)
                .execute();
    }

    /**
     * Answers a repeated request as the first time.
     *
     * @throws io.betrue.errors.ProblemException with {@code CONFLICT} if the key stands for another request
     */
    Balance answer(Handle handle, Movement movement, String key) {
        Optional<BigDecimal> balance = handle.createQuery("""
                        select p.balance
                        from ledger.idempotency_keys k
                        join ledger.transactions t on t.id = k.transaction_id
                        join ledger.postings p on p.transaction_id = t.id and p.sequence is not null
                        join ledger.accounts a on a.id = p.account_id and a.owner = k.owner
                        where k.owner = :owner and k.key = :key
                          and t.kind = :kind and p.currency = :currency and p.amount = :change
                          and (cast(:receiver as uuid) is null or exists (
                              select from ledger.postings q join ledger.accounts b on b.id = q.account_id
                              where q.transaction_id = t.id and b.owner = cast(:receiver as uuid)))""")
                .bind("owner", movement.caller())
                .bind("key", key)
                .bind("kind", movement.kind().text())
                .bind("currency", movement.currency().code())
                .bind("receiver", movement.receiver())
                .bind("change", new BigDecimal(movement.change()))
                .mapTo(BigDecimal.class)
                .findOne();
        return balance.map(units -> new Balance(movement.currency().code(), Amounts.print(units, movement.currency())))
                .orElseThrow(() -> StandardError.CONFLICT
                        .problem()
                        .detail("This Idempotency-Key was used for another request.")
                        .toException());
    }
}
