package io.betrue.examples.ledger;

import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.Currency;
import io.betrue.examples.ledger.api.Entry;
import io.betrue.examples.ledger.api.LedgerError;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The SQL of the books. Each method works in the transaction of the handle. Safe for use by multiple threads. */
final class Journal {
    private final Clock clock;
    private final Map<String, Currency> known = new ConcurrentHashMap<>();

    /** An account after a movement. */
    private record Moved(long account, BigDecimal balance, long sequence) {
        static Moved of(ResultSet row) throws SQLException {
            return new Moved(row.getLong("id"), row.getBigDecimal("balance"), row.getLong("postings"));
        }
    }

    /** An entry of the history with its position. */
    record Position(Entry entry, long sequence) {}

    Journal(Clock clock) {
        this.clock = clock;
    }

    List<Currency> currencies(Handle handle) {
        return handle.createQuery("select code, scale, name from ledger.currencies order by code")
                .map((row, context) -> currency(row))
                .list();
    }

    /** {@return the currency with that code; it is read once, since what amounts mean may not change} */
    Optional<Currency> currency(Handle handle, String code) {
        if (code.indexOf('\0') >= 0) { // PostgreSQL has no text with this character
            return Optional.empty();
        }
        Currency before = known.get(code);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<Currency> found = find(handle, code);
        found.ifPresent(currency -> known.put(code, currency));
        return found;
    }

    private static Optional<Currency> find(Handle handle, String code) {
        return handle.createQuery("select code, scale, name from ledger.currencies where code = :code")
                .bind("code", code)
                .map((row, context) -> currency(row))
                .findOne();
    }

    private static Currency currency(ResultSet row) throws SQLException {
        return new Currency(row.getString("code"), row.getInt("scale"), row.getString("name"));
    }

    /**
     * Moves money between a caller's account and the outside. The account's row is the only one locked, so that movements
     * cannot lock each other out.
     *
     * @return the balance afterwards
     * @throws io.betrue.errors.ProblemException with {@code INSUFFICIENT_FUNDS}
     */
    Balance move(Handle handle, Movement movement) {
        Moved moved = movement.kind() == Movement.Kind.DEPOSIT
                ? add(handle, movement, movement.caller())
                : take(handle, movement);
        write(handle, movement, moved);
        return balance(movement, moved);
    }

    /**
     * Moves money between the accounts of two users. The rows are locked in the order of their owners, so that opposite transfers cannot lock each other out.
     *
     * @return the balance of the caller afterwards
     * @throws io.betrue.errors.ProblemException with {@code INSUFFICIENT_FUNDS}
     */
    Balance transfer(Handle handle, Movement movement, UUID receiver) {
        boolean callerFirst = movement.caller().compareTo(receiver) < 0;
        Moved early = callerFirst ? take(handle, movement) : add(handle, movement, receiver);
        Moved late = callerFirst ? add(handle, movement, receiver) : take(handle, movement);
        Moved caller = callerFirst ? early : late;
        write(handle, movement, caller, callerFirst ? late : early);
        return balance(movement, caller);
    }

    private static Balance balance(Movement movement, Moved moved) {
        Currency currency = movement.currency();
        return new Balance(currency.code(), Amounts.print(moved.balance(), currency));
    }

    private static Moved add(Handle handle, Movement movement, UUID owner) {
        return account(handle.createQuery("""
                        insert into ledger.accounts as a (owner, currency, balance, postings)
                        values (:owner, :currency, :amount, 1)
                        on conflict (owner, currency) do update
                        set balance = a.balance + excluded.balance, postings = a.postings + 1
                        returning id, balance, postings"""), movement, owner)
                .orElseThrow(() -> new IllegalStateException("an account that was made or changed is not there"));
    }

    private static Moved take(Handle handle, Movement movement) {
        return account(handle.createQuery("""
                        update ledger.accounts
                        set balance = balance - :amount, postings = postings + 1
                        where owner = :owner and currency = :currency and balance >= :amount
                        returning id, balance, postings"""), movement, movement.caller())
                .orElseThrow(() -> LedgerError.INSUFFICIENT_FUNDS
                        .problem()
                        .with("currency", movement.currency().code())
                        .toException());
    }

    private static Optional<Moved> account(Query change, Movement movement, UUID owner) {
        return change.bind("owner", owner)
                .bind("currency", movement.currency().code())
                .bind("amount", new BigDecimal(movement.amount()))
                .map((row, context) -> Moved.of(row))
                .findOne();
    }

    private void write(Handle handle, Movement movement, Moved moved) {
        handle.createUpdate("""
                        with written as (
                            insert into ledger.transactions (id, owner, kind, reference, at)
                            values (:id, :owner, :kind, :reference, :at)),
                        outside as (
                            insert into ledger.postings (transaction_id, account_id, currency, amount)
                            select :id, id, currency, - :change from ledger.accounts
                            where name = 'external' and currency = :currency)
                        insert into ledger.postings (transaction_id, account_id, currency, amount, sequence, balance)
                        values (:id, :account, :currency, :change, :sequence, :balance)""")
                .bind("id", movement.id())
                .bind("owner", movement.caller())
                .bind("kind", movement.kind().text())
                .bind("reference", movement.key())
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("currency", movement.currency().code())
                .bind("change", new BigDecimal(movement.change()))
                .bind("account", moved.account())
                .bind("sequence", moved.sequence())
                .bind("balance", moved.balance())
                .execute();
    }

    private void write(Handle handle, Movement movement, Moved giver, Moved taker) {
        handle.createUpdate("""
                        with written as (
                            insert into ledger.transactions (id, owner, kind, reference, at)
                            values (:id, :owner, :kind, :reference, :at))
                        insert into ledger.postings (transaction_id, account_id, currency, amount, sequence, balance)
                        values (:id, :giver, :currency, - :amount, :giverSequence, :giverBalance),
                               (:id, :taker, :currency, :amount, :takerSequence, :takerBalance)""")
                .bind("id", movement.id())
                .bind("owner", movement.caller())
                .bind("kind", movement.kind().text())
                .bind("reference", movement.key())
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("currency", movement.currency().code())
                .bind("amount", new BigDecimal(movement.amount()))
                .bind("giver", giver.account())
                .bind("giverSequence", giver.sequence())
                .bind("giverBalance", giver.balance())
                .bind("taker", taker.account())
                .bind("takerSequence", taker.sequence())
                .bind("takerBalance", taker.balance())
                .execute();
    }

    /** {@return the balances of a caller, in every currency there is an account in} */
    List<Balance> balances(Handle handle, UUID caller) {
        return handle.createQuery("""
                        select c.code, c.scale, c.name, a.balance
                        from ledger.accounts a join ledger.currencies c on c.code = a.currency
                        where a.owner = :owner order by c.code""")
                .bind("owner", caller)
                .map((row, context) ->
                        new Balance(row.getString("code"), Amounts.print(row.getBigDecimal("balance"), currency(row))))
                .list();
    }

    /** {@return the balance of a caller, zero without an account} */
    Balance balance(Handle handle, UUID caller, Currency currency) {
        BigDecimal units = handle.createQuery(
                        "select balance from ledger.accounts where owner = :owner and currency = :currency")
                .bind("owner", caller)
                .bind("currency", currency.code())
                .mapTo(BigDecimal.class)
                .findOne()
                .orElse(BigDecimal.ZERO);
        return new Balance(currency.code(), Amounts.print(units, currency));
    }

    /** {@return the caller's newest entries below a position} */
    List<Position> history(Handle handle, UUID caller, Currency currency, long before, int limit) {
        return handle.createQuery("""
                        select t.id, t.at, p.amount, p.balance, p.sequence,
                            case when t.kind <> 'transfer' then t.kind when p.amount < 0 then 'transfer-out' else 'transfer-in' end
                                as type,
                            case when t.owner = a.owner then t.reference end as reference,
                            case when t.kind = 'transfer' then (
                                select b.owner from ledger.postings q join ledger.accounts b on b.id = q.account_id
                                where q.transaction_id = t.id and q.account_id <> a.id) end as counterparty
                        from ledger.accounts a
                        join ledger.postings p on p.account_id = a.id
                        join ledger.transactions t on t.id = p.transaction_id
                        where a.owner = :owner and a.currency = :currency and p.sequence < :before
                        order by p.sequence desc limit :limit""")
                .bind("owner", caller)
                .bind("currency", currency.code())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new Position(entry(row, currency), row.getLong("sequence")))
                .list();
    }

    private static Entry entry(ResultSet row, Currency currency) throws SQLException {
        return new Entry(
                row.getObject("id", UUID.class),
                row.getString("type"),
                Amounts.print(row.getBigDecimal("amount").abs(), currency),
                Amounts.print(row.getBigDecimal("balance"), currency),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("reference"),
                row.getObject("counterparty", UUID.class));
    }
}
