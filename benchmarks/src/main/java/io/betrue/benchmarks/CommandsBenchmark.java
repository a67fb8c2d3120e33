package io.betrue.benchmarks;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Idempotency;
import io.betrue.commands.IdempotencyStore;
import io.betrue.commands.Principal;
import io.betrue.commands.RateLimit;
import io.betrue.commands.SchemaCheck;
import io.betrue.commands.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a command costs within one process beside a call of its method. Single calls are sampled, since their median stands still when other processes want the
 * processor too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CommandsBenchmark {
    /** What goes in. */
    public record Deposit(String currency, long amount) {}

    /** What comes out. */
    public record Balance(long amount) {}

    private static final CommandType<Deposit, Balance> DEPOSIT =
            CommandType.of("ledger/deposit", Deposit.class, Balance.class);

    private final Deposit deposit = new Deposit("EUR", 5);
    private final CommandClient bare =
            Commands.of(c -> c.handle(DEPOSIT, (context, in) -> deposit(in))).client();
    private final CommandClient guarded = guarded(false);
    private final CommandClient checked = guarded(true);

    private static CommandClient guarded(boolean schemas) {
        Commands commands = Commands.of(c -> {
            c.intercept(Telemetry.with(OpenTelemetry.noop()))
                    .intercept(Authentication.bearer(token -> Optional.empty()))
                    .intercept(RateLimit.perCaller(1_000_000_000, Duration.ofSeconds(1)));
            if (schemas) {
                c.intercept(SchemaCheck.ofRecords());
            }
            c.intercept(Idempotency.in(IdempotencyStore.inMemory(1_000))).handle(DEPOSIT, (context, in) -> deposit(in));
        });
        return commands.client().as(Principal.of("anna"));
    }

    private static Balance deposit(Deposit in) {
        return new Balance(in.amount() + 1);
    }

    /** {@return what the method gives, called as a method} */
    @Benchmark
    public Balance method() {
        return deposit(deposit);
    }

    /** {@return what the command gives, without interceptors} */
    @Benchmark
    public Balance bare() {
        return bare.call(DEPOSIT, deposit);
    }

    /** {@return what the command gives behind telemetry, authentication, rate limit and idempotency} */
    @Benchmark
    public Balance guarded() {
        return guarded.call(DEPOSIT, deposit);
    }

    /** {@return what the command gives behind the same and a check of input and output by their schemas} */
    @Benchmark
    public Balance checked() {
        return checked.call(DEPOSIT, deposit);
    }
}
