package io.betrue.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.schema.Schemas;
import org.junit.jupiter.api.Test;

/** What is done about an output that does not fit. */
class SchemaCheckTest {
    private static final SchemaCheck CHECK = SchemaCheck.with(Schemas.load(
            schemas -> schemas.json("ledger/balance/out", "{\"properties\": {\"amount\": {\"minimum\": 0}}}")));

    private static Bank.Balance balance(SchemaCheck check) {
        try (Commands commands =
                Commands.of(c -> c.intercept(check).handle(Bank.BALANCE, (context, nothing) -> new Bank.Balance(-1)))) {
            return commands.client().call(Bank.BALANCE, Nothing.NOTHING);
        }
    }

    @Test
    void refusesOutputThatDoesNotFit() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> balance(CHECK))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardError.INTERNAL));
    }

    @Test
    void letsOutputGoThatIsOnlyLogged() {
        assertThat(balance(CHECK.loggingOutputs()).amount()).isEqualTo(-1);
    }

    @Test
    void looksAtNoOutputWhereOnlyInputsAreChecked() {
        assertThat(balance(CHECK.inputsOnly()).amount()).isEqualTo(-1);
    }
}
