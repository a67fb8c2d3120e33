package io.betrue.examples.ledger;

import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.BalanceQuery;
import io.betrue.examples.ledger.api.Balances;
import io.betrue.examples.ledger.api.Currencies;
import io.betrue.examples.ledger.api.Currency;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.History;
import io.betrue.examples.ledger.api.HistoryQuery;
import io.betrue.examples.ledger.api.LedgerError;
import io.betrue.examples.ledger.api.Transfer;
import io.betrue.examples.ledger.api.Withdraw;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Moves money between the outside and a caller's own accounts, and tells the caller about them; nothing here takes the
 * account of anybody else.
 *
 * <p>Every method throws a {@link io.betrue.errors.ProblemException}: {@code VALIDATION_FAILED} and
 * {@code UNKNOWN_CURRENCY} for what was asked; {@code UNAVAILABLE} if the database does not answer in time, with the
 * member {@code outcome: "unknown"} if the connection broke while a movement was being committed. Safe for use by
 * multiple threads.
 */
public final class Ledger {
    private final LedgerOptions options;
    private final Transactions transactions;
    private final IdempotencyKeys keys;
    private final Journal journal;

    /**
     * Keeps the books in a database that {@link LedgerMigrations} has prepared.
     *
     * @param dataSource where connections come from; stays the caller's to close
     * @param options limits and waits
     * @param clock what time it is
     */
    public Ledger(DataSource dataSource, LedgerOptions options, Clock clock) {
        this.options = options;
        this.transactions = new Transactions(dataSource, options);
        this.keys = new IdempotencyKeys(options.keyLifetime(), clock);
        this.journal = new Journal(clock);
    }

    /** {@return every currency there is} */
    public Currencies currencies() {
        return new Currencies(transactions.read(journal::currencies));
    }

    /**
     * Brings money in from outside.
     *
     * @param caller whose account
     * @param deposit how much
     * @param idempotencyKey 1 to 128 visible ASCII characters, or null for none; the same key and deposit again have no
     *     second effect and the same answer, also at the same time
     * @return the balance afterwards
     * @throws io.betrue.errors.ProblemException also with {@code CONFLICT} if the key was used for another request
     */
    public Balance deposit(UUID caller, Deposit deposit, @Nullable String idempotencyKey) {
        return move(
                new Inputs(),
                caller,
                Movement.Kind.DEPOSIT,
                null,
                new Asked(deposit.currency(), deposit.amount(), idempotencyKey));
    }

    /**
     * Takes money out.
     *
     * @param caller whose account
     * @param withdraw how much
     * @param idempotencyKey as for a deposit
     * @return the balance afterwards
     * @throws io.betrue.errors.ProblemException also with {@code INSUFFICIENT_FUNDS}, which leaves the key free, or
     *     {@code CONFLICT} if the key was used for another request
     */
    public Balance withdraw(UUID caller, Withdraw withdraw, @Nullable String idempotencyKey) {
        return move(
                new Inputs(),
                caller,
                Movement.Kind.WITHDRAWAL,
                null,
                new Asked(withdraw.currency(), withdraw.amount(), idempotencyKey));
    }

    /**
     * Gives money to another user.
     *
     * @param caller who gives
     * @param transfer to whom and how much; that there is such a user is for the caller of this method to know
     * @param idempotencyKey as for a deposit
     * @return the caller's balance afterwards
     * @throws io.betrue.errors.ProblemException also with {@code INSUFFICIENT_FUNDS}, which leaves the key free, or
     *     {@code CONFLICT} if the key was used for another request
     */
    public Balance transfer(UUID caller, Transfer transfer, @Nullable String idempotencyKey) {
        Inputs inputs = new Inputs();
        UUID receiver = inputs.receiver(transfer.to(), caller);
        return move(
                inputs,
                caller,
                Movement.Kind.TRANSFER,
                receiver,
                new Asked(transfer.currency(), transfer.amount(), idempotencyKey));
    }

    /** What was asked for, as the caller gave it. */
    private record Asked(
            @Nullable String currency,
            @Nullable String amount,
            @Nullable String key) {}

    /**
     * Tells what the caller has.
     *
     * @param caller whose accounts
     * @param query which of them
     * @return one balance if a currency was named, zero without an account; else those of all accounts
     */
    public Balances balance(UUID caller, BalanceQuery query) {
        String code = query.currency();
        return new Balances(transactions.read(handle -> code == null
                ? journal.balances(handle, caller)
                : List.of(journal.balance(handle, caller, currency(handle, code)))));
    }

    /**
     * Tells what happened, newest first.
     *
     * @param caller whose account
     * @param query which account and which page
     * @return the page
     */
    public History history(UUID caller, HistoryQuery query) {
        Inputs inputs = new Inputs();
        String code = inputs.currency(query.currency());
        long before = inputs.cursor(query.cursor());
        int limit = inputs.limit(query.limit());
        inputs.refuseFaults();
        List<Journal.Position> found =
                transactions.read(handle -> journal.history(handle, caller, currency(handle, code), before, limit + 1));
        List<Journal.Position> page = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? Long.toString(page.get(limit - 1).sequence()) : null;
        return new History(page.stream().map(Journal.Position::entry).toList(), next);
    }

    private Balance move(Inputs inputs, UUID caller, Movement.Kind kind, @Nullable UUID receiver, Asked asked) {
        String currencyCode = inputs.currency(asked.currency());
        BigDecimal decimal = inputs.amount(asked.amount());
        inputs.key(asked.key());
        inputs.refuseFaults();
        return transactions.write(handle -> {
            Currency currency = currency(handle, currencyCode);
            BigInteger units = inputs.units(decimal, currency, options.maximumAmount());
            return moveOnce(
                    handle, new Movement(UUID.randomUUID(), caller, kind, receiver, currency, units, asked.key()));
        });
    }

    private Balance moveOnce(Handle handle, Movement movement) {
        String key = movement.key();
        if (key != null && !keys.claim(handle, movement, key)) {
            return keys.answer(handle, movement, key);
        }
        UUID receiver = movement.receiver();
        return receiver == null ? journal.move(handle, movement) : journal.transfer(handle, movement, receiver);
    }

    private Currency currency(Handle handle, String code) {
        return journal.currency(handle, code)
                .orElseThrow(() -> LedgerError.UNKNOWN_CURRENCY.problem().toException());
    }
}
