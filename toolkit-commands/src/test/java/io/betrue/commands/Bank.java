package io.betrue.commands;

import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import io.betrue.schema.Schemas;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A ledger that a test can talk to. */
final class Bank {
    static final CommandType<Deposit, Balance> DEPOSIT = CommandType.of("ledger/deposit", Deposit.class, Balance.class)
            .description("Brings money in")
            .problems(BankError.UNKNOWN_CURRENCY);
    static final CommandType<Nothing, Balance> BALANCE =
            CommandType.of("ledger/balance", Nothing.class, Balance.class).idempotent();
    static final CommandType<Nothing, Balance> AUDIT =
            CommandType.of("ledger/audit", Nothing.class, Balance.class).roles("auditor");
    static final CommandType<Nothing, Nothing> CLOSE =
            CommandType.of("ledger/close", Nothing.class, Nothing.class).internal();

    /** What travels. */
    record Deposit(String currency, long amount) {}

    /** What there is. */
    record Balance(long amount) {}

    /** What this bank refuses. */
    enum BankError implements ErrorCode {
        UNKNOWN_CURRENCY(ErrorDefinition.of(422, "Unknown currency"));

        private final ErrorDefinition definition;

        BankError(ErrorDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ErrorDefinition definition() {
            return definition;
        }
    }

    private static final Map<String, Principal> TOKENS =
            Map.of("anna", Principal.of("anna"), "otto", new Principal("otto", Set.of("auditor"), Map.of()));

    private final Map<String, Long> balances = new ConcurrentHashMap<>();

    static Authentication authentication() {
        return Authentication.bearer(token -> Optional.ofNullable(TOKENS.get(token)));
    }

    static SchemaCheck schemas() {
        return SchemaCheck.with(Schemas.load(schemas -> schemas.json("ledger/deposit/in", """
                {"type": "object", "required": ["currency", "amount"], "additionalProperties": false,
                 "properties": {"currency": {"type": "string", "minLength": 3}, "amount": {"type": "integer", "minimum": 1}}}""")));
    }

    Balance deposit(CommandContext context, Deposit deposit) {
        if (!deposit.currency().equals("EUR")) {
            throw BankError.UNKNOWN_CURRENCY.problem().toException();
        }
        return new Balance(balances.merge(context.principal().id(), deposit.amount(), Long::sum));
    }

    Balance balance(CommandContext context, Nothing nothing) {
        return new Balance(balances.getOrDefault(context.principal().id(), 0L));
    }

    Nothing close(CommandContext context, Nothing nothing) {
        balances.clear();
        return nothing;
    }

    CommandsConfig handle(CommandsConfig config) {
        return config.handle(DEPOSIT, this::deposit)
                .handle(BALANCE, this::balance)
                .handle(AUDIT, this::balance)
                .handle(CLOSE, this::close);
    }
}
