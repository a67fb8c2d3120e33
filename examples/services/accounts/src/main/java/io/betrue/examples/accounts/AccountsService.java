package io.betrue.examples.accounts;

import io.betrue.commands.CommandsConfig;
import io.betrue.examples.accounts.api.AccountsCommands;

/** Answers the commands of this service, whichever way they come. Safe for use by multiple threads. */
public final class AccountsService {
    private final Accounts accounts;

    /**
     * Puts the parts together.
     *
     * @param accounts knows the users
     */
    public AccountsService(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Says who handles each command of {@link AccountsCommands}.
     *
     * @param commands the application's
     */
    public void handle(CommandsConfig commands) {
        commands.handle(AccountsCommands.REGISTER, (context, register) -> accounts.register(register))
                .handle(AccountsCommands.SIGN_IN, (context, signIn) -> accounts.signIn(signIn));
    }
}
