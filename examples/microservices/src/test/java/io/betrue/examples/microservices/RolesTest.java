package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RolesTest {
    @Test
    void tellsWhatAProcessOfARoleHasNoUseFor() {
        assertThat(Roles.strangeTo("gateway"))
                .contains("DATABASE_URL", "DATABASE_URL_FILE", "ACCOUNTS_CONFIRMATION", "GATEWAY_PORTS")
                .doesNotContain("HTTP_PORT", "NATS_URL", "ACCOUNTS_TOKEN_SECRET", "LOG_LEVEL", "PATH");
        assertThat(Roles.strangeTo("jobs"))
                .contains("ACCOUNTS_TOKEN_SECRET")
                .doesNotContain("ACCOUNTS_DATABASE_URL", "LEDGER_DATABASE_URL_FILE", "MAIL_SERVERS");
    }
}
