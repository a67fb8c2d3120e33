package io.betrue.examples.monolith;

import io.betrue.examples.accounts.Accounts;
import io.betrue.examples.accounts.Register;
import io.betrue.examples.accounts.SignIn;
import io.betrue.examples.ledger.BalanceQuery;
import io.betrue.examples.ledger.Deposit;
import io.betrue.examples.ledger.HistoryQuery;
import io.betrue.examples.ledger.Ledger;
import io.betrue.examples.ledger.Withdraw;
import java.util.List;

/** Everything this application can be asked to do. */
final class CommandTable {
    /** No members at all. */
    record Nothing() {}

    private CommandTable() {}

    static List<Command<?>> of(Accounts accounts, Ledger ledger) {
        return List.of(
                Command.open("accounts/register", Register.class, accounts::register),
                Command.open("accounts/sign-in", SignIn.class, accounts::signIn),
                Command.signedIn("ledger/currencies", Nothing.class, (in, caller) -> ledger.currencies()),
                Command.signedIn(
                        "ledger/deposit",
                        Deposit.class,
                        (in, caller) -> ledger.deposit(caller.userId(), in, caller.idempotencyKey())),
                Command.signedIn(
                        "ledger/withdraw",
                        Withdraw.class,
                        (in, caller) -> ledger.withdraw(caller.userId(), in, caller.idempotencyKey())),
                Command.signedIn(
                        "ledger/balance", BalanceQuery.class, (in, caller) -> ledger.balance(caller.userId(), in)),
                Command.signedIn(
                        "ledger/history", HistoryQuery.class, (in, caller) -> ledger.history(caller.userId(), in)));
    }
}
