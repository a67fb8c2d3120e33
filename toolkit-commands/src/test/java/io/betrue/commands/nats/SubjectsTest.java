package io.betrue.commands.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SubjectsTest {
    private final Subjects subjects = new Subjects("cmd");

    @Test
    void writesAddressesAsTokens() {
        assertThat(subjects.of("ledger/deposit")).isEqualTo("cmd.ledger.deposit");
        assertThat(subjects.of("ledger/deposit.v2")).isEqualTo("cmd.ledger.deposit.v2");
        assertThat(subjects.below("ledger")).isEqualTo("cmd.ledger.>");
    }

    @Test
    void refusesPrefixesThatAreNoTokens() {
        for (String prefix : new String[] {"", ".", "a..b", "a.*", ">", "a b", "a.b.c.d.e.f"}) {
            assertThatThrownBy(() -> Subjects.checked(prefix))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1..5 tokens");
        }
        assertThat(Subjects.checked("eu.cmd")).isEqualTo("eu.cmd");
    }
}
