package io.betrue.commands.http;

import static io.betrue.commands.http.Served.refused;
import static io.betrue.commands.http.Served.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Commands at paths of their own. */
class HttpRestHttpTest {
    @Test
    void otherWaysInMakeParametersMembers() throws Exception {
        try (Served served = new Served(
                Served.WITH_ERRORS,
                c -> {},
                h -> h.schemas(Till.schemas())
                        .rest("GET", "/tills/{currency}/balance", Till.BALANCE)
                        .rest("POST", "/tills/{currency}", Till.DEPOSIT))) {
            HttpResponse<String> in = Served.send(served.json("/tills/EUR", "{\"amount\": 4}"));
            assertThat(in.body()).isEqualTo("{\"amount\":4}");
            HttpRequest.Builder get =
                    served.to("/tills/EUR/balance?open=true&tills=1&tills=2").header("Authorization", "Bearer anna");
            assertThat(Served.send(get.GET()).body()).isEqualTo("{\"amount\":6}");
            HttpRequest.Builder wrong =
                    served.to("/tills/EUR/balance?tills=one").header("Authorization", "Bearer anna");
            refused(422, "VALIDATION_FAILED", Served.send(wrong.GET()));
            HttpRequest.Builder twice =
                    served.to("/tills/EUR/balance?currency=USD").header("Authorization", "Bearer anna");
            refused(400, "BAD_REQUEST", Served.send(twice.GET()));
            refused(
                    401,
                    "UNAUTHENTICATED",
                    Served.send(served.to("/tills/EUR/balance").GET()));
        }
    }

    @Test
    void refusesWaysInThatWouldDoHarm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpCommandsConfig().rest("GET", "/tills", Till.DEPOSIT))
                .withMessageContaining("not idempotent");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpCommandsConfig().rest("POST", "/tills", Till.CLOSE))
                .withMessageContaining("internal");
        assertThatIllegalArgumentException().isThrownBy(() -> new HttpCommandsConfig().prefix("api/"));
    }
}
