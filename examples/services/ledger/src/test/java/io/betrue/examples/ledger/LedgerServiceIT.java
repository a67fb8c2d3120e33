package io.betrue.examples.ledger;

import static io.betrue.examples.ledger.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Handler;
import io.betrue.commands.Idempotency;
import io.betrue.commands.Nothing;
import io.betrue.commands.Principal;
import io.betrue.commands.SchemaCheck;
import io.betrue.examples.accounts.api.AccountsCommands;
import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.accounts.api.KnownUser;
import io.betrue.examples.accounts.api.UserQuery;
import io.betrue.examples.ledger.api.Balance;
import io.betrue.examples.ledger.api.BalanceQuery;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.Entry;
import io.betrue.examples.ledger.api.HistoryQuery;
import io.betrue.examples.ledger.api.LedgerCommands;
import io.betrue.examples.ledger.api.StatementOrder;
import io.betrue.examples.ledger.api.Transfer;
import io.betrue.examples.ledger.api.Withdraw;
import io.betrue.jobs.testing.TestJobs;
import io.betrue.schema.Schemas;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final UUID RECEIVER = UUID.randomUUID();
    private static Commands commands;

    private final CommandClient client = client();

    @BeforeAll
    static void compose() {
        Ledger ledger = DATABASE.ledger();
        Authentication authentication = Authentication.bearer(token -> Optional.of(
                token.startsWith("new")
                        ? Principal.of(token.substring(3))
                        : new Principal(token, Set.of("confirmed"), Map.of())));
        TestJobs jobs = TestJobs.create();
        Handler<UserQuery, KnownUser> users = (context, query) -> {
            if (!RECEIVER.equals(query.userId())) {
                throw AccountsError.UNKNOWN_USER.problem().toException();
            }
            return new KnownUser(RECEIVER, true);
        };
        // tag::compose[]
        LedgerService service = new LedgerService(ledger, new Statements(ledger, jobs));
        commands = Commands.of(config -> {
            config.intercept(authentication).intercept(SchemaCheck.with(SCHEMAS));
            config.handle(AccountsCommands.USER, users); // in place of accounts, which a transfer asks for its receiver
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
    void transfersToWhomAccountsKnowsAndFromWhoIsConfirmed() {
        client.call(LedgerCommands.DEPOSIT, new Deposit("EUR", "10"));
        assertThat(client.call(LedgerCommands.TRANSFER, new Transfer(RECEIVER, "EUR", "4")))
                .isEqualTo(new Balance("EUR", "6.00"));
        assertThat(codeOf(() -> client.call(LedgerCommands.TRANSFER, new Transfer(UUID.randomUUID(), "EUR", "4"))))
                .isEqualTo("UNKNOWN_RECEIVER");
        CommandClient unconfirmed = commands.client().bearer("new" + UUID.randomUUID());
        assertThat(codeOf(() -> unconfirmed.call(LedgerCommands.TRANSFER, new Transfer(RECEIVER, "EUR", "4"))))
                .isEqualTo("FORBIDDEN");
        assertThat(client.call(LedgerCommands.HISTORY, new HistoryQuery("EUR", null, 10))
                        .entries())
                .extracting(Entry::type, Entry::counterparty)
                .containsExactly(tuple("transfer-out", RECEIVER), tuple("deposit", null));
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
