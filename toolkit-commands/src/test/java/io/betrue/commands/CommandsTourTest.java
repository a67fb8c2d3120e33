package io.betrue.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import io.betrue.errors.ProblemException;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The code that the pages show. */
class CommandsTourTest {
    // tag::type[]
    record Deposit(String currency, long amount) {}

    record Balance(String currency, long amount) {}

    static final CommandType<Deposit, Balance> DEPOSIT = CommandType.of("ledger/deposit", Deposit.class, Balance.class)
            .description("Brings money in")
            .problems(LedgerError.UNKNOWN_CURRENCY);
    // end::type[]

    static final CommandType<Nothing, Nothing> AUDIT = CommandType.of("ledger/audit", Nothing.class, Nothing.class);

    enum LedgerError implements ErrorCode {
        UNKNOWN_CURRENCY(ErrorDefinition.of(422, "Unknown currency"));

        private final ErrorDefinition definition;

        LedgerError(ErrorDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ErrorDefinition definition() {
            return definition;
        }
    }

    /** Business code: it knows who calls and what for, and no transport. */
    // tag::handler[]
    static final class Ledger {
        private final Map<String, Long> balances = new ConcurrentHashMap<>();

        Balance deposit(CommandContext context, Deposit deposit) {
            if (!deposit.currency().equals("EUR")) {
                throw LedgerError.UNKNOWN_CURRENCY.problem().toException();
            }
            String user = context.principal().id();
            return new Balance("EUR", balances.merge(user, deposit.amount(), Long::sum));
        }
    }
    // end::handler[]

    private final Ledger ledger = new Ledger();
    private final OpenTelemetry openTelemetry = OpenTelemetry.noop();

    private static Optional<Principal> verify(String token) {
        return token.equals("anna's token") ? Optional.of(Principal.of("anna")) : Optional.empty();
    }

    @Test
    void composesAndCalls() {
        // tag::compose[]
        Commands commands = Commands.of(c -> c.intercept(Telemetry.with(openTelemetry))
                .intercept(CallLog.create())
                .intercept(Authentication.bearer(token -> verify(token)))
                .intercept(RateLimit.perCaller(100, Duration.ofSeconds(1)))
                .intercept(SchemaCheck.ofRecords())
                .intercept(Idempotency.in(IdempotencyStore.inMemory(100_000)))
                .handle(DEPOSIT, ledger::deposit));
        // end::compose[]

        // tag::call[]
        CommandClient client = commands.client().bearer("anna's token");
        Balance balance = client.call(DEPOSIT, new Deposit("EUR", 100));
        // end::call[]

        assertThat(balance).isEqualTo(new Balance("EUR", 100));
        assertThatThrownBy(() -> client.call(DEPOSIT, new Deposit("XXY", 1)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(LedgerError.UNKNOWN_CURRENCY));
        commands.close();
    }

    @Test
    void callsWithOptions() {
        Commands commands = Commands.of(c -> c.intercept(Authentication.bearer(token -> verify(token)))
                .intercept(Idempotency.in(IdempotencyStore.inMemory(100)))
                .handle(DEPOSIT, ledger::deposit));
        CommandClient client = commands.client().bearer("anna's token");
        // tag::options[]
        Reply<Balance> reply = client.timeout(Duration.ofSeconds(1))
                .header(Idempotency.HEADER, "b3c0c6")
                .exchange(DEPOSIT, new Deposit("EUR", 100));
        boolean again = reply.headers().get(Idempotency.REPLAYED) != null;
        // end::options[]
        assertThat(again).isFalse();
        commands.close();
    }

    @Test
    void seesThatNobodyWaits() {
        // tag::long[]
        Handler<Nothing, Nothing> audit = (context, nothing) -> {
            for (int account = 0; account < 1_000; account++) {
                context.throwIfCancelled(); // the caller is gone, or the deadline is reached
                count(account);
            }
            return nothing;
        };
        // end::long[]
        Commands commands = Commands.of(c -> c.handle(AUDIT, audit));
        Cancellation token = new Cancellation();
        token.cancel();
        assertThatThrownBy(() -> commands.client().cancellation(token).call(AUDIT, Nothing.NOTHING))
                .isInstanceOf(ProblemException.class);
        assertThat(commands.client().call(AUDIT, Nothing.NOTHING)).isEqualTo(Nothing.NOTHING);
        commands.close();
    }

    private static void count(int account) {
        assertThat(account).isNotNegative();
    }

    @Test
    void splitsWithoutTouchingTheHandlers() {
        Commands ledgerProcess = Commands.of(
                c -> c.intercept(Authentication.bearer(token -> verify(token))).handle(DEPOSIT, ledger::deposit));
        Target remote = ledgerProcess; // over NATS or HTTP it is their client
        // tag::forward[]
        Commands gateway = Commands.of(
                c -> c.intercept(Authentication.bearer(token -> verify(token))).forward("ledger/*", remote));
        // end::forward[]
        assertThat(gateway.client().bearer("anna's token").call(DEPOSIT, new Deposit("EUR", 1)))
                .isEqualTo(new Balance("EUR", 1));
        gateway.close();
        ledgerProcess.close();
    }
}
