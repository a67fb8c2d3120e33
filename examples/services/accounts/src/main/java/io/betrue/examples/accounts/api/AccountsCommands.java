package io.betrue.examples.accounts.api;

import io.betrue.commands.CommandType;
import io.betrue.errors.StandardError;
import java.util.List;

/** What accounts can be asked to do. */
public final class AccountsCommands {
    /** Opens an account. */
    public static final CommandType<Register, Registered> REGISTER = CommandType.of(
                    "accounts/register", Register.class, Registered.class)
            .description("Opens an account")
            .open()
            .problems(AccountsError.EMAIL_TAKEN);

    /** Gives a token for the other commands. */
    public static final CommandType<SignIn, SignedIn> SIGN_IN = CommandType.of(
                    "accounts/sign-in", SignIn.class, SignedIn.class)
            .description("Gives a token for the other commands")
            .open()
            .problems(AccountsError.INVALID_CREDENTIALS, StandardError.RATE_LIMITED);

    /** All of them. */
    public static final List<CommandType<?, ?>> ALL = List.of(REGISTER, SIGN_IN);

    private AccountsCommands() {}
}
