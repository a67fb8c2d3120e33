package io.betrue.examples.ledger.api;

import io.betrue.commands.CommandType;
import io.betrue.commands.Nothing;
import io.betrue.errors.StandardError;
import io.betrue.examples.accounts.api.AccountsCommands;
import java.util.List;

/** What the ledger can be asked to do. Whoever calls one is the user that it is about. */
public final class LedgerCommands {
    /** Lists every currency. */
    public static final CommandType<Nothing, Currencies> CURRENCIES = CommandType.of(
                    "ledger/currencies", Nothing.class, Currencies.class)
            .description("Lists every currency")
            .idempotent();

    /** Brings money in. */
    public static final CommandType<Deposit, Balance> DEPOSIT = CommandType.of(
                    "ledger/deposit", Deposit.class, Balance.class)
            .description("Brings money in")
            .takingKey()
            .problems(LedgerError.UNKNOWN_CURRENCY, StandardError.CONFLICT);

    /** Takes money out. */
    public static final CommandType<Withdraw, Balance> WITHDRAW = CommandType.of(
                    "ledger/withdraw", Withdraw.class, Balance.class)
            .description("Takes money out")
            .takingKey()
            .problems(LedgerError.INSUFFICIENT_FUNDS, LedgerError.UNKNOWN_CURRENCY, StandardError.CONFLICT);

    /** Gives money to another user; the caller's address must be confirmed. */
    public static final CommandType<Transfer, Balance> TRANSFER = CommandType.of(
                    "ledger/transfer", Transfer.class, Balance.class)
            .description("Gives money to another user")
            .roles(AccountsCommands.CONFIRMED)
            .takingKey()
            .problems(
                    LedgerError.INSUFFICIENT_FUNDS,
                    LedgerError.UNKNOWN_CURRENCY,
                    LedgerError.UNKNOWN_RECEIVER,
                    StandardError.CONFLICT);

    /** Shows what the caller has. */
    public static final CommandType<BalanceQuery, Balances> BALANCE = CommandType.of(
                    "ledger/balance", BalanceQuery.class, Balances.class)
            .description("Shows what the caller has")
            .idempotent()
            .problems(LedgerError.UNKNOWN_CURRENCY);

    /** Lists the caller's movements, the newest first. */
    public static final CommandType<HistoryQuery, History> HISTORY = CommandType.of(
                    "ledger/history", HistoryQuery.class, History.class)
            .description("Lists the caller's movements, the newest first")
            .idempotent()
            .problems(LedgerError.UNKNOWN_CURRENCY);

    /** Orders a mail with the balance and the last movements; one that waits already stands for further orders. */
    public static final CommandType<StatementOrder, StatementOrdered> STATEMENT = CommandType.of(
                    "ledger/statement", StatementOrder.class, StatementOrdered.class)
            .description("Orders a mail with the balance and the last movements")
            .problems(LedgerError.UNKNOWN_CURRENCY);

    /** All of them. */
    public static final List<CommandType<?, ?>> ALL =
            List.of(CURRENCIES, DEPOSIT, WITHDRAW, TRANSFER, BALANCE, HISTORY, STATEMENT);

    private LedgerCommands() {}
}
