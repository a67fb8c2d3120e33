package io.betrue.benchmarks.gateway;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import io.betrue.commands.Nothing;
import io.betrue.commands.Principal;
import io.betrue.commands.Reply;
import io.betrue.commands.SchemaCheck;
import io.betrue.commands.Telemetry;
import io.betrue.errors.ProblemException;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The commands that are served, in every arrangement the same. */
final class Ledger {
    static final String TOKEN = "anna-secret";
    static final Map<String, Principal> TOKENS = Map.of(TOKEN, Principal.of("anna"));

    static final CommandType<Deposit, Balance> DEPOSIT = CommandType.of("ledger/deposit", Deposit.class, Balance.class);
    static final CommandType<Nothing, Balance> AUDIT =
            CommandType.of("ledger/audit", Nothing.class, Balance.class).timeout(Duration.ofSeconds(30));
    static final CommandType<Nothing, Sum> STORE = CommandType.of("files/store", Nothing.class, Sum.class)
            .takingContent()
            .timeout(Duration.ofMinutes(10));
    static final CommandType<Length, Length> MAKE = CommandType.of("files/make", Length.class, Length.class)
            .givingContent()
            .timeout(Duration.ofMinutes(10));
    static final CommandType<Nothing, State> STATE = CommandType.of("files/state", Nothing.class, State.class);

    private static final long SLOW_SECONDS = 10;

    private final AtomicInteger open = new AtomicInteger();
    private volatile String lastBreak = "";

    /** Money that comes in. */
    record Deposit(String currency, long amount) {}

    /** Money that is there. */
    record Balance(long amount) {}

    /** What was stored. */
    record Sum(long bytes, String sha256) {}

    /** How much is wanted. */
    record Length(long bytes) {}

    /** What the service holds, how the last broken upload ended, and how much heap is in use. */
    record State(int open, String lastBreak, long heap) {}

    Commands commands(OpenTelemetry telemetry) {
        return Commands.of(c -> c.longestTimeout(Duration.ofMinutes(10))
                .intercept(Telemetry.with(telemetry))
                .intercept(authentication())
                .intercept(SchemaCheck.ofRecords())
                .handle(DEPOSIT, (context, in) -> new Balance(in.amount() + 1))
                .handle(AUDIT, (context, nothing) -> audit(context))
                .handle(STORE, (context, nothing) -> store(context))
                .answer(MAKE, (context, in) -> Reply.of(in).content(Content.of(new Pattern(in.bytes()))))
                .handle(STATE, (context, nothing) -> new State(open.get(), lastBreak, heap())));
    }

    static Authentication authentication() {
        return Authentication.bearer(token -> Optional.ofNullable(TOKENS.get(token)));
    }

    private static Balance audit(CommandContext context) throws InterruptedException, ExecutionException {
        CompletableFuture<Balance> end = new CompletableFuture<>();
        context.onCancel(() -> end.complete(new Balance(0)));
        try {
            return end.get(SLOW_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return new Balance(1);
        }
    }

    private Sum store(CommandContext context) throws IOException {
        open.incrementAndGet();
        try (InputStream stream = context.content().stream()) {
            return Pattern.sum(stream);
        } catch (IOException e) {
            lastBreak = (context.isCancelled() ? "cancelled: " : "") + e.getMessage();
            throw e;
        } catch (ProblemException e) {
            lastBreak = e.code().name();
            throw e;
        } finally {
            open.decrementAndGet();
        }
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
