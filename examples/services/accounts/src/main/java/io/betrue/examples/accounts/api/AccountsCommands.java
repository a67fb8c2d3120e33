package io.betrue.examples.accounts.api;

import io.betrue.commands.CommandType;
import io.betrue.commands.Nothing;
import io.betrue.errors.StandardError;
import java.util.List;

/** What accounts can be asked to do. */
public final class AccountsCommands {
    /** The role of a caller whose address is confirmed; other services demand it by this name. */
    public static final String CONFIRMED = "confirmed";

    /** Opens an account, and sends a code to its address. */
    public static final CommandType<Register, Registered> REGISTER = CommandType.of(
                    "accounts/register", Register.class, Registered.class)
            .description("Opens an account, and sends a code to its address")
            .open()
            .problems(AccountsError.EMAIL_TAKEN);

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

    /** Confirms the caller's address. */
    public static final CommandType<Confirm, Token> CONFIRM = CommandType.of(
                    "accounts/confirm", Confirm.class, Token.class)
            .description(
                    "Confirms the caller's address by the code that was sent to it, and gives a token that says so")
            .problems(AccountsError.INVALID_CODE, AccountsError.ALREADY_CONFIRMED, AccountsError.INVALID_SESSION);

    /** Sends another code to the caller's address. */
    public static final CommandType<Nothing, Nothing> SEND_CODE = CommandType.of(
                    "accounts/send-code", Nothing.class, Nothing.class)
            .description("Sends another code to the caller's address")
            .problems(AccountsError.ALREADY_CONFIRMED, StandardError.RATE_LIMITED);

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
            SIGN_IN,
            REFRESH,
            SIGN_OUT,
            SIGN_OUT_EVERYWHERE,
            CONFIRM,
            SEND_CODE,
            RECOVER,
            RESET_PASSWORD,
            CHANGE_PASSWORD,
            ME,
            FIND,
            USER);

    private AccountsCommands() {}
}
