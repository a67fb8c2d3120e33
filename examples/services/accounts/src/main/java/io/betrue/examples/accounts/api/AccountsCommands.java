package io.betrue.examples.accounts.api;

import io.betrue.commands.CommandType;
import io.betrue.commands.Nothing;
import io.betrue.errors.StandardError;
import java.util.List;

/** What accounts can be asked to do. */
public final class AccountsCommands {
    /** The role of a caller whose address is confirmed; other services demand it by this name. */
    public static final String CONFIRMED = "confirmed";

    /** Sends a code for a new account, or a letter that there is one. */
    public static final CommandType<Register, Nothing> REGISTER = CommandType.of(
                    "accounts/register", Register.class, Nothing.class)
            .description("Sends a letter with a code for a new account, or one that says that there is an account;"
                    + " the answer does not tell which")
            .open()
            .problems(StandardError.RATE_LIMITED);

    /** Opens an account by a code, and begins a session. */
    public static final CommandType<Confirm, SignedIn> CONFIRM = CommandType.of(
                    "accounts/confirm", Confirm.class, SignedIn.class)
            .description("Opens an account by the code that was sent, and begins a session")
            .open()
            .problems(AccountsError.INVALID_CODE, StandardError.RATE_LIMITED);

    /** Begins a session. */
    public static final CommandType<SignIn, SignedIn> SIGN_IN = CommandType.of(
                    "accounts/sign-in", SignIn.class, SignedIn.class)
            .description("Begins a session: a token for the other commands, and one that renews it")
            .open()
            .problems(AccountsError.INVALID_CREDENTIALS, StandardError.RATE_LIMITED);

    /** Renews the token of a session. */
    public static final CommandType<Refresh, SignedIn> REFRESH = CommandType.of(
                    "accounts/refresh", Refresh.class, SignedIn.class)
            .description("Renews the token of a session; a refresh token that comes twice ends it")
            .open()
            .problems(AccountsError.INVALID_SESSION);

    /** Ends the caller's session. */
    public static final CommandType<Nothing, Nothing> SIGN_OUT = CommandType.of(
                    "accounts/sign-out", Nothing.class, Nothing.class)
            .description("Ends the caller's session")
            .idempotent();

    /** Ends all of the caller's sessions. */
    public static final CommandType<Nothing, Nothing> SIGN_OUT_EVERYWHERE = CommandType.of(
                    "accounts/sign-out-everywhere", Nothing.class, Nothing.class)
            .description("Ends all of the caller's sessions")
            .idempotent();

    /** Sends a code for a new password, if there is such an account. */
    public static final CommandType<Recover, Nothing> RECOVER = CommandType.of(
                    "accounts/recover", Recover.class, Nothing.class)
            .description("Sends a code for a new password; the answer does not tell whether there is such an account")
            .open()
            .problems(StandardError.RATE_LIMITED);

    /** Sets a new password by a code, and ends all sessions. */
    public static final CommandType<ResetPassword, Nothing> RESET_PASSWORD = CommandType.of(
                    "accounts/reset-password", ResetPassword.class, Nothing.class)
            .description("Sets a new password by the code that was sent, and ends all sessions")
            .open()
            .problems(AccountsError.INVALID_CODE, StandardError.RATE_LIMITED);

    /** Sets a new password by the old one, and ends all other sessions. */
    public static final CommandType<ChangePassword, Nothing> CHANGE_PASSWORD = CommandType.of(
                    "accounts/change-password", ChangePassword.class, Nothing.class)
            .description("Sets a new password by the old one, and ends all other sessions")
            .problems(AccountsError.INVALID_CREDENTIALS, StandardError.RATE_LIMITED);

    /** Shows the caller's account. */
    public static final CommandType<Nothing, Me> ME = CommandType.of("accounts/me", Nothing.class, Me.class)
            .description("Shows the caller's account")
            .idempotent();

    /** Finds the user who has confirmed an address. */
    public static final CommandType<FindUser, FoundUser> FIND = CommandType.of(
                    "accounts/find", FindUser.class, FoundUser.class)
            .description("Finds the user who has confirmed an address, to send something to")
            .roles(CONFIRMED)
            .idempotent()
            .problems(AccountsError.UNKNOWN_USER, StandardError.RATE_LIMITED);

    /** Tells other services whether there is a user. */
    public static final CommandType<UserQuery, KnownUser> USER = CommandType.of(
                    "accounts/user", UserQuery.class, KnownUser.class)
            .description("Tells other services whether there is a user")
            .internal()
            .idempotent()
            .problems(AccountsError.UNKNOWN_USER);

    /** All of them. */
    public static final List<CommandType<?, ?>> ALL = List.of(
            REGISTER,
            CONFIRM,
            SIGN_IN,
            REFRESH,
            SIGN_OUT,
            SIGN_OUT_EVERYWHERE,
            RECOVER,
            RESET_PASSWORD,
            CHANGE_PASSWORD,
            ME,
            FIND,
            USER);

    private AccountsCommands() {}
}
