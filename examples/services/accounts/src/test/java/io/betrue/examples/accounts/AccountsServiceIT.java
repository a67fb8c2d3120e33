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
import io.betrue.examples.accounts.api.FindUser;
import io.betrue.examples.accounts.api.Recover;
import io.betrue.examples.accounts.api.Refresh;
import io.betrue.examples.accounts.api.Register;
import io.betrue.examples.accounts.api.Registered;
import io.betrue.examples.accounts.api.SignIn;
import io.betrue.examples.accounts.api.SignedIn;
import io.betrue.examples.accounts.api.UserQuery;
import io.betrue.schema.Schemas;
import java.security.SecureRandom;
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
    private static Commands commands;

    @BeforeAll
    static void compose() {
        Fixture.StandingClock clock = new Fixture.StandingClock();
        Accounts accounts = DATABASE.accounts(Fixture.passwords(), clock);
        Tokens tokens = new Tokens(Fixture.TOKENS, clock, new SecureRandom());
        // tag::compose[]
        AccountsService service = new AccountsService(accounts);
        commands = Commands.of(config -> {
            config.intercept(Authentication.bearer(tokens::verify)).intercept(SchemaCheck.with(SCHEMAS));
            service.handle(config);
        });
        // end::compose[]
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
        Registered registered = client().call(AccountsCommands.REGISTER, new Register("eve@example.org", PASSWORD));
        SignedIn signedIn = client().call(AccountsCommands.SIGN_IN, new SignIn("eve@example.org", PASSWORD));
        CommandClient eve = client().bearer(signedIn.token());
        assertThat(eve.call(AccountsCommands.ME, Nothing.NOTHING).userId()).isEqualTo(registered.userId());
        assertThat(eve.call(AccountsCommands.USER, new UserQuery(registered.userId()))
                        .confirmed())
                .isFalse();
        client().call(AccountsCommands.RECOVER, new Recover("eve@example.org"));
        eve.call(AccountsCommands.CHANGE_PASSWORD, new ChangePassword(PASSWORD, "battery staple"));
        SignedIn renewed = client().call(AccountsCommands.REFRESH, new Refresh(signedIn.refreshToken()));
        eve.call(AccountsCommands.SIGN_OUT, Nothing.NOTHING);
        assertThat(codeOf(() -> client().call(AccountsCommands.REFRESH, new Refresh(renewed.refreshToken()))))
                .isEqualTo("INVALID_SESSION");
        eve.call(AccountsCommands.SIGN_OUT_EVERYWHERE, Nothing.NOTHING);
        assertThat(codeOf(() -> eve.call(AccountsCommands.FIND, new FindUser("eve@example.org"))))
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void strangersReachWhatIsOpen() {
        assertThat(AccountsCommands.ALL.stream().filter(CommandType::isOpen))
                .containsExactlyInAnyOrder(
                        AccountsCommands.REGISTER,
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
    }

    private static String token(String email) {
        client().call(AccountsCommands.REGISTER, new Register(email, PASSWORD));
        return client().call(AccountsCommands.SIGN_IN, new SignIn(email, PASSWORD))
                .token();
    }

    @Test
    void oddInputsAreRefused() {
        assertThat(codeOf(() -> client().call(AccountsCommands.REGISTER, new Register("eve@example.org", "short"))))
                .isEqualTo("VALIDATION_FAILED");
    }
}
