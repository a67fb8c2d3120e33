package io.betrue.examples.ledger;

import static io.betrue.examples.ledger.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Idempotency;
import io.betrue.commands.Nothing;
import io.betrue.commands.Principal;
import io.betrue.commands.SchemaCheck;
import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.BalanceQuery;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.Entry;
import io.betrue.examples.ledger.api.HistoryQuery;
import io.betrue.examples.ledger.api.LedgerCommands;
import io.betrue.examples.ledger.api.StatementOrder;
import io.betrue.examples.ledger.api.Withdraw;
import io.betrue.jobs.testing.TestJobs;
import io.betrue.schema.Schemas;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of the ledger behind a chain: who calls, and what comes in and goes out. */
class LedgerServiceIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private static final Schemas SCHEMAS = Schemas.load(sources -> sources.classPath("schemas"));
    private static Commands commands;

    private final CommandClient client = client();

    @BeforeAll
    static void compose() {
        Ledger ledger = DATABASE.ledger();
        Authentication authentication = Authentication.bearer(token -> Optional.of(Principal.of(token)));
        TestJobs jobs = TestJobs.create();
        // tag::compose[]
        LedgerService service = new LedgerService(ledger, new Statements(ledger, jobs));
        commands = Commands.of(config -> {
            config.intercept(authentication).intercept(SchemaCheck.with(SCHEMAS));
            service.handle(config);
        });
        // end::compose[]
    }

    @AfterAll
    static void close() {
        commands.close();
    }

    /** {@return somebody new} */
    private static CommandClient client() {
        return commands.client().bearer(UUID.randomUUID().toString());
    }

    @Test
    void everyCommandIsHandledForWhoIsSignedInAndHasItsSchemas() {
        assertThat(commands.types()).containsAll(LedgerCommands.ALL);
        assertThat(LedgerCommands.ALL).noneMatch(CommandType::isOpen);
        for (CommandType<?, ?> type : LedgerCommands.ALL) {
            assertThat(SCHEMAS.names()).contains(type.address() + "/in", type.address() + "/out");
        }
    }

    @Test
    void whatGoesOutFitsTheSchemas() {
        assertThat(client.call(LedgerCommands.CURRENCIES, Nothing.NOTHING).currencies())
                .isNotEmpty();
        client.call(LedgerCommands.DEPOSIT, new Deposit("EUR", "10.50"));
        client.call(LedgerCommands.WITHDRAW, new Withdraw("EUR", "0.50"));
        assertThat(client.call(LedgerCommands.BALANCE, new BalanceQuery(null)).balances())
                .containsExactly(new Balance("EUR", "10.00"));
        String next = client.call(LedgerCommands.HISTORY, new HistoryQuery("EUR", null, 1))
                .next();
        assertThat(client.call(LedgerCommands.HISTORY, new HistoryQuery("EUR", next, 10))
                        .entries())
                .extracting(Entry::type)
                .containsExactly("deposit");
        assertThat(client.call(LedgerCommands.STATEMENT, new StatementOrder("EUR"))
                        .queued())
                .isTrue();
    }

    @Test
    void keyOfTheHeaderHasOneEffect() {
        CommandClient keyed = client.header(Idempotency.HEADER, "salary");
        keyed.call(LedgerCommands.DEPOSIT, new Deposit("EUR", "1"));
        assertThat(keyed.call(LedgerCommands.DEPOSIT, new Deposit("EUR", "1"))).isEqualTo(new Balance("EUR", "1.00"));
        assertThat(codeOf(() -> keyed.call(LedgerCommands.DEPOSIT, new Deposit("EUR", "2"))))
                .isEqualTo("CONFLICT");
    }

    @Test
    void strangersAndOddInputsAreRefused() {
        assertThat(codeOf(() -> commands.client().call(LedgerCommands.BALANCE, new BalanceQuery(null))))
                .isEqualTo("UNAUTHENTICATED");
        assertThat(codeOf(() -> client.call(LedgerCommands.DEPOSIT, new Deposit("EUR", "-1"))))
                .isEqualTo("VALIDATION_FAILED");
    }
}
