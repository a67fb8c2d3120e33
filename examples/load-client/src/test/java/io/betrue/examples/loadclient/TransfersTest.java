package io.betrue.examples.loadclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransfersTest {
    private static final Books.Entry GIVEN = entry("ann", "transfer-out", "5", "bob");
    private static final Books.Entry RECEIVED = entry("bob", "transfer-in", "5", "ann");

    private static Books.Entry entry(String user, String action, String amount, String counterparty) {
        return new Books.Entry(
                new Books.Account(user, "EUR"),
                "t1",
                action,
                new BigDecimal(amount),
                BigDecimal.TEN,
                action.equals("transfer-out") ? "key" : "",
                counterparty);
    }

    private static boolean holds(Books.Entry... journal) {
        return Transfers.check(List.of(journal)).holds();
    }

    @Test
    void everyTransferHasAGiverAndAReceiver() {
        assertThat(holds(GIVEN, RECEIVED)).isTrue();
        assertThat(holds(entry("ann", "deposit", "5", ""))).isTrue();
        assertThat(holds(GIVEN)).isFalse();
        assertThat(holds(RECEIVED)).isFalse();
        assertThat(holds(GIVEN, RECEIVED, RECEIVED)).isFalse();
        assertThat(holds(GIVEN, entry("bob", "transfer-in", "6", "ann"))).isFalse();
        assertThat(holds(GIVEN, entry("bob", "transfer-in", "5", "eve"))).isFalse();
        assertThat(holds(GIVEN, entry("eve", "transfer-in", "5", "ann"))).isFalse();
    }

    @Test
    void theGiversSideIsTheEffectOfTheOperation() {
        var asked = new Call.Write.Effect("ann", "transfer-out", "key", "EUR", "5.00", "bob");
        assertThat(violated(asked, GIVEN, RECEIVED)).isEmpty();
        var toAnother = new Call.Write.Effect("ann", "transfer-out", "key", "EUR", "5.00", "eve");
        assertThat(violated(toAnother, GIVEN, RECEIVED)).containsExactly("acknowledged-once", "no-foreign-entry");
    }

    private static List<String> violated(Call.Write.Effect effect, Books.Entry... journal) {
        var attempt = new Operation.Attempt(1, 0, 1, Outcome.OK, "10");
        List<String> names = new ArrayList<>();
        Reconciliation.of(List.of(new Operation(1, effect, List.of(attempt))), List.of(journal)).properties().stream()
                .filter(property -> !property.holds())
                .forEach(property -> names.add(property.name()));
        return names;
    }
}
