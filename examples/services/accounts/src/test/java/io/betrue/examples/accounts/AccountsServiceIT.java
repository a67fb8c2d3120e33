package io.betrue.examples.accounts;

import static io.betrue.examples.accounts.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.SchemaCheck;
import io.betrue.examples.accounts.api.AccountsCommands;
import io.betrue.examples.accounts.api.Register;
import io.betrue.examples.accounts.api.Registered;
import io.betrue.examples.accounts.api.SignIn;
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
        assertThat(registered.userId()).isNotNull();
        assertThat(client().call(AccountsCommands.SIGN_IN, new SignIn("eve@example.org", PASSWORD))
                        .token())
                .isNotEmpty();
    }

    @Test
    void oddInputsAreRefused() {
        assertThat(codeOf(() -> client().call(AccountsCommands.REGISTER, new Register("eve@example.org", "short"))))
                .isEqualTo("VALIDATION_FAILED");
    }
}
