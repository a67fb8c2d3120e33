package io.betrue.schema;

import static io.betrue.schema.CheckedApp.BAD;
import static io.betrue.schema.CheckedApp.GOOD;
import static io.betrue.schema.CheckedApp.ORDER;
import static io.betrue.schema.CheckedApp.get;
import static io.betrue.schema.RouteParts.out;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.javalin.Javalin;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a check of responses does with what it finds. */
class ResponseCheckHttpTest {
    @RegisterExtension
    final CheckedApp app = new CheckedApp();

    @Test
    void letsThroughWhatFits() {
        Javalin started = app.start(
                ResponseCheck.FAIL,
                true,
                get(out(201, ORDER), ctx -> ctx.status(201).json(GOOD)));

        HttpResponse<String> response = Http.get(started, "/x");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).contains("\"sku\":\"abc\"");
    }

    @Test
    void failsWithoutTellingTheValue() {
        Javalin started = app.start(
                ResponseCheck.FAIL,
                true,
                get(out(200, ORDER), ctx -> ctx.header("ETag", "\"1\"").json(BAD)));

        HttpResponse<String> response = Http.get(started, "/x");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .contains("\"code\":\"INTERNAL\"")
                .contains(
                        "\"detail\":\"The response to GET /x is not what the route says: the body of 200 does not fit its"
                                + " schema order/create.\"")
                .contains(
                        "\"responseErrors\":[{\"at\":\"/amount\",\"code\":\"type\",\"detail\":\"must be a whole number\"}]")
                .doesNotContain("secret value");
        assertThat(Http.header(response, "ETag")).isEmpty();
    }

    @Test
    void failsWithoutTheErrorsPluginToo() {
        Javalin started = app.start(ResponseCheck.FAIL, false, get(out(200, ORDER), ctx -> ctx.json(BAD)));

        HttpResponse<String> response = Http.get(started, "/x");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(Http.header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.body()).contains("\"at\":\"/amount\"").doesNotContain("secret value");
    }

    @Test
    void onlyLogsWhereItIsToldTo() {
        Javalin started = app.start(ResponseCheck.LOG, true, get(out(200, ORDER), ctx -> ctx.json(BAD)));

        try (LogProbe log = new LogProbe()) {
            assertThat(Http.get(started, "/x").body()).contains("secret value");
            assertThat(log.warnings())
                    .containsExactly("response to GET /x: the body of 200 does not fit its schema order/create;"
                            + " \"/amount\" must be a whole number");
        }
    }

    @Test
    void writesOneLineWhateverTheMembersAreCalled() {
        Map<String, Object> forged = Map.of("sku", "abc", "amount", 2, "a\n2026-01-01 ERROR forged", 1);
        Map<String, Object> vast = Map.of("sku", "abc", "amount", 2, "b".repeat(900), 1);
        Javalin started = app.start(
                ResponseCheck.LOG,
                true,
                get(out(200, ORDER), ctx -> ctx.json(ctx.queryParam("vast") == null ? forged : vast)));

        try (LogProbe log = new LogProbe()) {
            Http.get(started, "/x");
            Http.get(started, "/x?vast=");
            assertThat(log.warnings()).hasSize(2);
            assertThat(log.warnings().get(0)).endsWith("; \"/a\\u000a2026-01-01 ERROR forged\" is not a known member");
            assertThat(log.warnings().get(1)).contains("bbb…\"").hasSizeLessThan(500);
        }
    }

    @Test
    void looksAtNothingUnlessToldTo() {
        Javalin started = app.start(ResponseCheck.OFF, true, get(out(200, ORDER), ctx -> ctx.json(BAD)));

        try (LogProbe log = new LogProbe()) {
            assertThat(Http.get(started, "/x").statusCode()).isEqualTo(200);
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void looksAtSomeResponsesOnly() {
        Iterator<Double> random = List.of(0.5, 0.009, 0.01, 0.0).iterator();
        Javalin started =
                app.start(ResponseCheck.sample(0.01, random::next), true, get(out(200, ORDER), ctx -> ctx.json(BAD)));

        try (LogProbe log = new LogProbe()) {
            for (int i = 0; i < 4; i++) {
                assertThat(Http.get(started, "/x").statusCode()).isEqualTo(200);
            }
            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void refusesFractionsThatAreNone() {
        for (double fraction : new double[] {0, -0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> ResponseCheck.sample(fraction));
        }
        assertThat(ResponseCheck.sample(1).takes()).isTrue();
        assertThat(ResponseCheck.sample(0.01)).hasToString("sample(0.01)");
    }

    @Test
    void sendsTheSameBytesAfterALook() {
        String large = "x".repeat(100_000);
        Javalin started =
                app.start(ResponseCheck.FAIL, true, get(out(200, "anything"), ctx -> ctx.json(Map.of("a", large))));

        HttpResponse<String> response = Http.get(started, "/x", "Accept-Encoding", "gzip");

        assertThat(Http.header(response, "Content-Encoding")).isEqualTo("gzip");
        assertThat(Http.get(started, "/x").body()).isEqualTo("{\"a\":\"" + large + "\"}");
    }

    @Test
    void looksAtWhatAfterHandlersMadeOfIt() {
        Javalin started = app.start(ResponseCheck.FAIL, true, config -> {
            config.routes.addEndpoint(get(out(200, ORDER), ctx -> ctx.json(BAD)));
            config.routes.after(ctx -> ctx.json(GOOD));
        });

        assertThat(Http.get(started, "/x").statusCode()).isEqualTo(200);
    }
}
