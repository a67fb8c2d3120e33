package io.betrue.examples.accounts;

import static io.betrue.examples.accounts.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Nothing;
import io.betrue.commands.SchemaCheck;
import io.betrue.examples.accounts.api.AccountsCommands;
import io.betrue.examples.accounts.api.ChangePassword;
import io.betrue.examples.accounts.api.Confirm;
import io.betrue.examples.accounts.api.FindUser;
import io.betrue.examples.accounts.api.Me;
import io.betrue.examples.accounts.api.Recover;
import io.betrue.examples.accounts.api.Refresh;
import io.betrue.examples.accounts.api.Register;
import io.betrue.examples.accounts.api.SignIn;
import io.betrue.examples.accounts.api.SignedIn;
import io.betrue.examples.accounts.api.UserQuery;
import io.betrue.jobs.testing.TestJobs;
import io.betrue.schema.Schemas;
import java.security.SecureRandom;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of accounts behind a chain: what comes in and goes out. */
class AccountsServiceIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private static final String PASSWORD = "correct horse";
    private static final Schemas SCHEMAS = Schemas.load(sources -> sources.classPath("schemas"));
    private static final Fixture.StandingClock CLOCK = new Fixture.StandingClock();
    private static final Tokens TOKENS = new Tokens(Fixture.TOKENS, CLOCK, new SecureRandom());
    private static Commands commands;

    @BeforeAll
    static void compose() {
        commands = composed(Fixture.options(ConfirmationMode.OFF, 30));
    }

    private static Commands composed(AccountsOptions options) {
        Accounts accounts =
                DATABASE.accounts(DATABASE.dataSource(), options, Fixture.passwords(), TestJobs.create(), CLOCK);
        Tokens tokens = TOKENS;
        // tag::compose[]
        AccountsService service = new AccountsService(accounts);
        Commands commands = Commands.of(config -> {
            config.intercept(Authentication.bearer(tokens::verify)).intercept(SchemaCheck.with(SCHEMAS));
            service.handle(config);
        });
        // end::compose[]
        return commands;
    }

    @AfterAll
    static void close() {
        commands.close();
    }

    private static CommandClient client() {
        return commands.client();
    }

    @Test
    void everyCommandIsHandledAndHasItsSchemas() {
        assertThat(commands.types()).containsAll(AccountsCommands.ALL);
        for (CommandType<?, ?> type : AccountsCommands.ALL) {
            assertThat(SCHEMAS.names()).contains(type.address() + "/in", type.address() + "/out");
        }
    }

    @Test
    void whatGoesOutFitsTheSchemas() {
        String email = "eve@example.org";
        client().call(AccountsCommands.REGISTER, new Register(email));
        SignedIn opened = client().call(AccountsCommands.CONFIRM, new Confirm(email, "ANY", PASSWORD));
        SignedIn signedIn = client().call(AccountsCommands.SIGN_IN, new SignIn(email, PASSWORD));
        CommandClient eve = client().bearer(signedIn.token());
        Me me = eve.call(AccountsCommands.ME, Nothing.NOTHING);
        assertThat(client().bearer(opened.token()).call(AccountsCommands.ME, Nothing.NOTHING))
                .isEqualTo(me);
        assertThat(eve.call(AccountsCommands.USER, new UserQuery(me.userId())).confirmed())
                .isFalse();
        assertThat(eve.call(AccountsCommands.FIND, new FindUser(email)).userId())
                .isEqualTo(me.userId());
        client().call(AccountsCommands.RECOVER, new Recover(email));
        eve.call(AccountsCommands.CHANGE_PASSWORD, new ChangePassword(PASSWORD, "battery staple"));
        SignedIn renewed = client().call(AccountsCommands.REFRESH, new Refresh(signedIn.refreshToken()));
        eve.call(AccountsCommands.SIGN_OUT, Nothing.NOTHING);
        assertThat(codeOf(() -> client().call(AccountsCommands.REFRESH, new Refresh(renewed.refreshToken()))))
                .isEqualTo("INVALID_SESSION");
        eve.call(AccountsCommands.SIGN_OUT_EVERYWHERE, Nothing.NOTHING);
    }

    @Test
    void findsNobodyForWhoeverHasNotTheRole() {
        Token unproven = TOKENS.issue(UUID.randomUUID(), UUID.randomUUID(), Set.of());
        assertThat(codeOf(() ->
                        client().bearer(unproven.token()).call(AccountsCommands.FIND, new FindUser("eve@example.org"))))
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void strangersReachWhatIsOpen() {
        assertThat(AccountsCommands.ALL.stream().filter(CommandType::isOpen))
                .containsExactlyInAnyOrder(
                        AccountsCommands.REGISTER,
                        AccountsCommands.CONFIRM,
                        AccountsCommands.SIGN_IN,
                        AccountsCommands.REFRESH,
                        AccountsCommands.RECOVER,
                        AccountsCommands.RESET_PASSWORD);
        assertThat(codeOf(() -> client().call(AccountsCommands.ME, Nothing.NOTHING)))
                .isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void guessesAreScarce() {
        CommandClient guesser = client().bearer(token("mallory@example.org"));
        for (int call = 0; call < 30; call++) {
            guesser.call(AccountsCommands.RECOVER, new Recover("nobody" + call + "@example.org"));
        }
        assertThat(codeOf(() -> guesser.call(AccountsCommands.RECOVER, new Recover("nobody@example.org"))))
                .isEqualTo("RATE_LIMITED");
        assertThat(guesser.call(AccountsCommands.ME, Nothing.NOTHING).confirmed())
                .isFalse();
        token("trent@example.org"); // where there are no letters and no codes, a registration is not scarce
    }

    @Test
    void registrationsAreScarceWhereThereAreLetters() {
        try (Commands proven = composed(Fixture.options(ConfirmationMode.REQUIRED, 2))) {
            CommandClient guesser = proven.client();
            Confirm guess = new Confirm("nobody@example.org", "00000-00000", PASSWORD);
            guesser.call(AccountsCommands.REGISTER, new Register("nobody@example.org"));
            assertThat(codeOf(() -> guesser.call(AccountsCommands.CONFIRM, guess)))
                    .isEqualTo("INVALID_CODE");
            assertThat(codeOf(() -> guesser.call(AccountsCommands.REGISTER, new Register("nobody@example.org"))))
                    .isEqualTo("RATE_LIMITED");
            assertThat(codeOf(() -> guesser.call(AccountsCommands.CONFIRM, guess)))
                    .isEqualTo("RATE_LIMITED");
        }
    }

    private static String token(String email) {
        client().call(AccountsCommands.REGISTER, new Register(email));
        return client().call(AccountsCommands.CONFIRM, new Confirm(email, "ANY", PASSWORD))
                .token();
    }

    @Test
    void oddInputsAreRefused() {
        assertThat(codeOf(
                        () -> client().call(AccountsCommands.CONFIRM, new Confirm("eve@example.org", "ANY", "short"))))
                .isEqualTo("VALIDATION_FAILED");
        assertThat(codeOf(() -> client().call(AccountsCommands.REGISTER, new Register("eve"))))
                .isEqualTo("VALIDATION_FAILED");
    }
}
