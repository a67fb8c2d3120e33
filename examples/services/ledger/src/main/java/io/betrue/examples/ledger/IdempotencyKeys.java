package io.betrue.examples.ledger;

import io.betrue.errors.StandardError;
import io.betrue.examples.ledger.api.Balance;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Remembers which transaction a caller's key stands for, so that a repeated request has one effect.
 *
 * <p>The answer is not stored twice: the posting has it. Old keys go a few at a time, whenever a new one comes. Safe for use
 * by multiple threads.
 */
final class IdempotencyKeys {
    private final Duration lifetime;
    private final Clock clock;

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
        int claimed = handle.createUpdate("""
                        with pruned as (
                            delete from ledger.idempotency_keys where (owner, key) in (
                                select owner, key from ledger.idempotency_keys
                                where created_at < :expired and (owner, key) <> (:owner, :key)
                                order by created_at limit 5 for update skip locked))
                        insert into ledger.idempotency_keys (owner, key, transaction_id, created_at)
                        values (:owner, :key, :id, :now) on conflict do nothing""")
                .bind("expired", now.minus(lifetime))
                .bind("owner", movement.caller())
                .bind("key", key)
                .bind("id", movement.id())
                .bind("now", now)
                .execute();
        return claimed == 1;
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
