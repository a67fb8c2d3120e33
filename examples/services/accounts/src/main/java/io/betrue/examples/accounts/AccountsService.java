package io.betrue.examples.accounts;

import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandType;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Nothing;
import io.betrue.commands.RateLimit;
import io.betrue.examples.accounts.api.AccountsCommands;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers the commands of this service, whichever way they come. Those that order letters, try codes or look users up have a limit of their own beside the
 * application's, {@link AccountsOptions#callsPerMinute}. Safe for use by multiple threads.
 */
public final class AccountsService {
    private static final Set<CommandType<?, ?>> SCARCE =
            Set.of(AccountsCommands.RECOVER, AccountsCommands.RESET_PASSWORD, AccountsCommands.FIND);

    /** Without confirmation they order no letter and need no code. */
    private static final Set<CommandType<?, ?>> SCARCE_WITH_CONFIRMATION =
            Set.of(AccountsCommands.REGISTER, AccountsCommands.CONFIRM);

    private final Accounts accounts;
    private final RateLimit scarce;

    /**
     * Puts the parts together.
     *
     * @param accounts knows the users
     */
    public AccountsService(Accounts accounts) {
        this.accounts = accounts;
        this.scarce = RateLimit.perCaller(accounts.options().callsPerMinute(), Duration.ofMinutes(1));
    }

    /**
     * Says who handles each command of {@link AccountsCommands}, and adds the limit to the chain: the application's own guards come before.
     *
     * @param commands the application's
     */
    public void handle(CommandsConfig commands) {
        commands.intercept(call -> isScarce(call.type()) ? scarce.intercept(call) : call.proceed());
        commands.handle(AccountsCommands.CONFIRM, (context, confirm) -> accounts.confirm(confirm))
                .handle(AccountsCommands.SIGN_IN, (context, signIn) -> accounts.signIn(signIn))
                .handle(AccountsCommands.REFRESH, (context, refresh) -> accounts.refresh(refresh))
                .handle(AccountsCommands.ME, (context, nothing) -> accounts.me(user(context)))
                .handle(AccountsCommands.FIND, (context, find) -> accounts.find(find))
                .handle(AccountsCommands.USER, (context, query) -> accounts.user(query));
        commands.handle(AccountsCommands.SIGN_OUT, (context, nothing) -> {
            accounts.signOut(user(context), session(context));
            return nothing;
        });
        commands.handle(AccountsCommands.SIGN_OUT_EVERYWHERE, (context, nothing) -> {
            accounts.signOutEverywhere(user(context));
            return nothing;
        });
        commands.handle(AccountsCommands.REGISTER, (context, register) -> {
            accounts.register(register);
            return Nothing.NOTHING;
        });
        commands.handle(AccountsCommands.RECOVER, (context, recover) -> {
            accounts.recover(recover);
            return Nothing.NOTHING;
        });
        commands.handle(AccountsCommands.RESET_PASSWORD, (context, reset) -> {
            accounts.resetPassword(reset);
            return Nothing.NOTHING;
        });
        commands.handle(AccountsCommands.CHANGE_PASSWORD, (context, change) -> {
            accounts.changePassword(user(context), session(context), change);
            return Nothing.NOTHING;
        });
    }

    private boolean isScarce(CommandType<?, ?> type) {
        return SCARCE.contains(type)
                || (SCARCE_WITH_CONFIRMATION.contains(type)
                        && accounts.options().confirmation() == ConfirmationMode.REQUIRED);
    }

    private static UUID user(CommandContext context) {
        return UUID.fromString(context.principal().id());
    }

    private static @Nullable UUID session(CommandContext context) {
        String session = context.principal().attributes().get(Tokens.SESSION);
        return session == null ? null : UUID.fromString(session);
    }
}
