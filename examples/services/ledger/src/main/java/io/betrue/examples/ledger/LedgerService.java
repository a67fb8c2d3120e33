package io.betrue.examples.ledger;

import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Idempotency;
import io.betrue.errors.ProblemException;
import io.betrue.examples.accounts.api.AccountsCommands;
import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.accounts.api.UserQuery;
import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.LedgerCommands;
import io.betrue.examples.ledger.api.LedgerError;
import io.betrue.examples.ledger.api.Transfer;
import io.betrue.examples.ledger.api.Withdraw;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers the commands of this service, whichever way they come. The caller is the principal that the application's chain has found, and nobody's account but the caller's is ever
 * touched. Keys of idempotency are kept here, in the transaction of the movement, and by no interceptor. Safe for use by multiple threads.
 */
public final class LedgerService {
    private final Ledger ledger;
    private final Statements statements;

    /**
     * Puts the parts together.
     *
     * @param ledger where the money is
     * @param statements takes orders of statements
     */
    public LedgerService(Ledger ledger, Statements statements) {
        this.ledger = ledger;
        this.statements = statements;
    }

    /**
     * Says who handles each command of {@link LedgerCommands}.
     *
     * @param commands the application's
     */
    public void handle(CommandsConfig commands) {
        commands.handle(LedgerCommands.CURRENCIES, (context, nothing) -> ledger.currencies())
                .handle(LedgerCommands.DEPOSIT, this::deposit)
                .handle(LedgerCommands.WITHDRAW, this::withdraw)
                .handle(LedgerCommands.TRANSFER, this::transfer)
                .handle(LedgerCommands.BALANCE, (context, query) -> ledger.balance(caller(context), query))
                .handle(LedgerCommands.HISTORY, (context, query) -> ledger.history(caller(context), query))
                .handle(LedgerCommands.STATEMENT, (context, order) -> statements.order(caller(context), order));
    }

    private Balance deposit(CommandContext context, Deposit deposit) {
        return ledger.deposit(caller(context), deposit, key(context));
    }

    private Balance withdraw(CommandContext context, Withdraw withdraw) {
        return ledger.withdraw(caller(context), withdraw, key(context));
    }

    /** Accounts says whether there is a receiver, in this process or another. */
    private Balance transfer(CommandContext context, Transfer transfer) {
        if (transfer.to() != null) {
            try {
                context.call(AccountsCommands.USER, new UserQuery(transfer.to()));
            } catch (ProblemException e) {
                throw e.code().name().equals(AccountsError.UNKNOWN_USER.name())
                        ? LedgerError.UNKNOWN_RECEIVER.problem().cause(e).toException()
                        : e;
            }
        }
        return ledger.transfer(caller(context), transfer, key(context));
    }

    private static UUID caller(CommandContext context) {
        return UUID.fromString(context.principal().id());
    }

    private static @Nullable String key(CommandContext context) {
        return context.header(Idempotency.HEADER);
    }
}
