package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.examples.ledger.Deposit;
import io.betrue.examples.ledger.History;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void leavesOutNextOfLastPageOnly() throws Exception {
        assertThat(Json.mapper().writeValueAsString(new History(List.of(), null)))
                .isEqualTo("{\"entries\":[]}");
        assertThat(Json.mapper().writeValueAsString(new Deposit("EUR", null)))
                .isEqualTo("{\"currency\":\"EUR\",\"amount\":null}");
    }
}
