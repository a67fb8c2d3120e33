package io.betrue.examples.monolith;

import io.betrue.examples.accounts.Accounts;
import io.betrue.examples.accounts.AccountsError;
import io.betrue.examples.accounts.Register;
import io.betrue.examples.accounts.Registered;
import io.betrue.examples.accounts.SignIn;
import io.betrue.examples.accounts.SignedIn;
import io.betrue.examples.ledger.Balance;
import io.betrue.examples.ledger.BalanceQuery;
import io.betrue.examples.ledger.Balances;
import io.betrue.examples.ledger.Currencies;
import io.betrue.examples.ledger.Deposit;
import io.betrue.examples.ledger.History;
import io.betrue.examples.ledger.HistoryQuery;
import io.betrue.examples.ledger.Ledger;
import io.betrue.examples.ledger.LedgerError;
import io.betrue.examples.ledger.Withdraw;
import java.util.List;

/** Everything this application can be asked to do. */
final class CommandTable {
    /** No members at all. */
    record Nothing() {}

    private CommandTable() {}

    static List<Command<?>> of(Accounts accounts, Ledger ledger) {
        return List.of(
                Command.open(
                        "accounts/register",
                        Register.class,
                        Registered.class,
                        accounts::register,
                        AccountsError.EMAIL_TAKEN),
                Command.open(
                        "accounts/sign-in",
                        SignIn.class,
                        SignedIn.class,
                        accounts::signIn,
                        AccountsError.INVALID_CREDENTIALS),
                Command.signedIn(
                        "ledger/currencies", Nothing.class, Currencies.class, (in, caller) -> ledger.currencies()),
                Command.signedIn(
                        "ledger/deposit",
                        Deposit.class,
                        Balance.class,
                        (in, caller) -> ledger.deposit(caller.userId(), in, caller.idempotencyKey()),
                        LedgerError.UNKNOWN_CURRENCY),
                Command.signedIn(
                        "ledger/withdraw",
                        Withdraw.class,
                        Balance.class,
                        (in, caller) -> ledger.withdraw(caller.userId(), in, caller.idempotencyKey()),
                        LedgerError.UNKNOWN_CURRENCY,
                        LedgerError.INSUFFICIENT_FUNDS),
                Command.signedIn(
                        "ledger/balance",
                        BalanceQuery.class,
                        Balances.class,
                        (in, caller) -> ledger.balance(caller.userId(), in),
                        LedgerError.UNKNOWN_CURRENCY),
                Command.signedIn(
                        "ledger/history",
                        HistoryQuery.class,
                        History.class,
                        (in, caller) -> ledger.history(caller.userId(), in),
                        LedgerError.UNKNOWN_CURRENCY));
    }
}
