package io.betrue.examples.monolith;

import io.betrue.errors.StandardError;
import io.betrue.examples.accounts.Accounts;
import io.betrue.examples.accounts.AccountsError;
import io.betrue.examples.accounts.Register;
import io.betrue.examples.accounts.SignIn;
import io.betrue.examples.ledger.BalanceQuery;
import io.betrue.examples.ledger.Deposit;
import io.betrue.examples.ledger.HistoryQuery;
import io.betrue.examples.ledger.Ledger;
import io.betrue.examples.ledger.LedgerError;
import io.betrue.examples.ledger.StatementOrder;
import io.betrue.examples.ledger.Statements;
import io.betrue.examples.ledger.Withdraw;
import java.util.List;

/** Everything this application can be asked to do. */
final class CommandTable {
    /** No members at all. */
    record Nothing() {}

    private CommandTable() {}

    static List<Command<?>> of(Accounts accounts, Ledger ledger, Statements statements) {
        return List.of(
                Command.open(
                        "accounts/register",
                        "Opens an account",
                        Register.class,
                        accounts::register,
                        AccountsError.EMAIL_TAKEN),
                Command.open(
                        "accounts/sign-in",
                        "Gives a token for the other commands",
                        SignIn.class,
                        accounts::signIn,
                        AccountsError.INVALID_CREDENTIALS,
                        StandardError.RATE_LIMITED),
                Command.signedIn(
                        "ledger/currencies",
                        "Lists every currency",
                        Nothing.class,
                        (in, caller) -> ledger.currencies()),
                Command.signedIn(
                                "ledger/deposit",
                                "Brings money in",
                                Deposit.class,
                                (in, caller) -> ledger.deposit(caller.userId(), in, caller.idempotencyKey()),
                                LedgerError.UNKNOWN_CURRENCY,
                                StandardError.CONFLICT)
                        .withKey(),
                Command.signedIn(
                                "ledger/withdraw",
                                "Takes money out",
                                Withdraw.class,
                                (in, caller) -> ledger.withdraw(caller.userId(), in, caller.idempotencyKey()),
                                LedgerError.INSUFFICIENT_FUNDS,
                                LedgerError.UNKNOWN_CURRENCY,
                                StandardError.CONFLICT)
                        .withKey(),
                Command.signedIn(
                        "ledger/balance",
                        "Shows what the caller has",
                        BalanceQuery.class,
                        (in, caller) -> ledger.balance(caller.userId(), in),
                        LedgerError.UNKNOWN_CURRENCY),
                Command.signedIn(
                        "ledger/history",
                        "Lists the caller's movements, the newest first",
                        HistoryQuery.class,
                        (in, caller) -> ledger.history(caller.userId(), in),
                        LedgerError.UNKNOWN_CURRENCY),
                Command.signedIn(
                        "ledger/statement",
                        "Orders a mail with the balance and the last movements",
                        StatementOrder.class,
                        (in, caller) -> statements.order(caller.userId(), in),
                        LedgerError.UNKNOWN_CURRENCY));
    }
}
