package io.betrue.commands.http;

import static io.betrue.commands.http.Served.FIVE;
import static io.betrue.commands.http.Served.refused;
import static io.betrue.commands.http.Served.refusedUntraced;
import static io.betrue.commands.http.Served.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.CommandType;
import io.betrue.commands.Interceptor;
import io.betrue.commands.Nothing;
import io.betrue.commands.Payload;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls over HTTP, with the plugin for failures and without it. */
class HttpCommandsHttpTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callsAHandler(boolean errors) throws Exception {
        try (Served served = served(errors)) {
            HttpResponse<String> reply = Served.send(served.json("/api/till/deposit", FIVE));
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("{\"amount\":5}");
            assertThat(reply.headers().firstValue("content-type")).contains("application/json");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersFailuresOfTheChain(boolean errors) throws Exception {
        try (Served served = served(errors)) {
            refused(400, "MALFORMED_JSON", Served.send(served.json("/api/till/deposit", "{\"currency\"")));
            refused(
                    422,
                    "VALIDATION_FAILED",
                    Served.send(served.json("/api/till/deposit", "{\"currency\": \"EUR\", \"amount\": 0}")));
            HttpResponse<String> other =
                    Served.send(served.json("/api/till/deposit", "{\"currency\": \"XXY\", \"amount\": 1}"));
            refused(422, "UNKNOWN_CURRENCY", other);
            HttpResponse<String> stranger =
                    Served.send(served.to("/api/till/audit").POST(BodyPublishers.noBody()));
            refused(401, "UNAUTHENTICATED", stranger);
            assertThat(stranger.headers().firstValue("www-authenticate")).contains("Bearer");
            refused(403, "FORBIDDEN", Served.send(served.json("/api/till/audit", "")));
            refused(404, "NOT_FOUND", Served.send(served.json("/api/till/close", "{}")));
            refused(404, "NOT_FOUND", Served.send(served.json("/api/till/steal", "{}")));
            refused(404, "NOT_FOUND", Served.send(served.json("/api/no.such..thing/%20", "{}")));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesBodiesThatAreNoInput(boolean errors) throws Exception {
        try (Served served = served(errors)) {
            HttpRequest.Builder text = served.to("/api/till/deposit").header("Content-Type", "text/plain");
            refusedUntraced(415, "UNSUPPORTED_MEDIA_TYPE", Served.send(text.POST(BodyPublishers.ofString(FIVE))));
            HttpRequest.Builder nothing = served.to("/api/till/deposit");
            refusedUntraced(415, "UNSUPPORTED_MEDIA_TYPE", Served.send(nothing.POST(BodyPublishers.ofString(FIVE))));
            HttpRequest.Builder latin =
                    served.to("/api/till/deposit").header("Content-Type", "application/json; charset=iso-8859-1");
            refusedUntraced(415, "UNSUPPORTED_MEDIA_TYPE", Served.send(latin.POST(BodyPublishers.ofString(FIVE))));
            HttpRequest.Builder packed = served.json("/api/till/deposit", FIVE).header("Content-Encoding", "gzip");
            refusedUntraced(415, "UNSUPPORTED_MEDIA_TYPE", Served.send(packed));
            String large = "{\"currency\": \"" + "E".repeat(2_000) + "\", \"amount\": 1}";
            refusedUntraced(413, "PAYLOAD_TOO_LARGE", Served.send(served.json("/api/till/deposit", large)));
            HttpRequest.Builder chunked = served.json("/api/till/deposit", "")
                    .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large)));
            refusedUntraced(413, "PAYLOAD_TOO_LARGE", Served.send(chunked));
        }
    }

    @Test
    void takesAnEmptyBodyForAnObjectWithoutMembers() throws Exception {
        try (Served served = served(true)) {
            HttpRequest.Builder otto = served.to("/api/till/audit").header("Authorization", "Bearer otto");
            assertThat(Served.send(otto.POST(BodyPublishers.noBody())).body()).isEqualTo("{\"amount\":1}");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesOtherMethods(boolean errors) throws Exception {
        try (Served served = served(errors)) {
            for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
                HttpResponse<String> refused =
                        Served.send(served.to("/api/till/deposit").method(method, BodyPublishers.noBody()));
                refusedUntraced(405, "METHOD_NOT_ALLOWED", refused);
                assertThat(refused.headers().firstValue("allow")).contains("POST");
            }
            HttpResponse<String> head =
                    Served.send(served.to("/api/till/deposit").method("HEAD", BodyPublishers.noBody()));
            assertThat(head.statusCode()).isEqualTo(405);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void sendsStatusAndHeadersButForFraming() throws Exception {
        try (Served served = served(true)) {
            HttpResponse<String> reply = Served.send(served.json("/api/till/ticket", ""));
            assertThat(reply.statusCode()).isEqualTo(202);
            assertThat(reply.headers().firstValue("location")).contains("/tickets/7");
            assertThat(reply.body()).isEqualTo("{\"amount\":7}");
        }
    }

    @Test
    void answersAnIdempotencyKeyAgain() throws Exception {
        try (Served served = served(true)) {
            HttpRequest.Builder keyed = served.json("/api/till/deposit", FIVE).header("Idempotency-Key", "k1");
            Served.send(keyed);
            HttpResponse<String> again = Served.send(keyed);
            assertThat(again.body()).isEqualTo("{\"amount\":5}");
            assertThat(again.headers().firstValue("idempotency-replayed")).contains("true");
        }
    }

    @Test
    void hidesOutputsThatDoNotFit() throws Exception {
        Interceptor changer = call -> call.proceed()
                .thenApply(reply -> reply.map(
                        payload -> Payload.ofJson("{\"amount\": \"secret\"}".getBytes(StandardCharsets.UTF_8))));
        try (Served served =
                Served.plain(c -> c.intercept(changer).handle(Till.LIE, (context, nothing) -> new Till.Balance(1)))) {
            HttpResponse<String> refused = Served.send(served.json("/api/till/lie", ""));
            refused(500, "INTERNAL", refused);
            assertThat(refused.body()).doesNotContain("secret");
        }
    }

    @Test
    void takesOnlyKnownHeadersAlong() throws Exception {
        CommandType<Nothing, Nothing> look =
                CommandType.of("look", Nothing.class, Nothing.class).open();
        CompletableFuture<io.betrue.commands.CommandContext> seen = new CompletableFuture<>();
        try (Served served = new Served(
                Served.WITH_ERRORS,
                c -> c.travelling("x-tenant").handle(look, (context, nothing) -> {
                    seen.complete(context);
                    return nothing;
                }),
                h -> h.headers("X-Device"))) {
            Served.send(served.json("/api/look", "")
                    .header("X-Tenant", "blue")
                    .header("X-Device", "phone")
                    .header("Cookie", "session=1")
                    .header("X-Other", "1"));
            assertThat(seen.join().header("x-tenant")).isEqualTo("blue");
            assertThat(seen.join().header("x-device")).isEqualTo("phone");
            assertThat(seen.join().header("cookie")).isNull();
            assertThat(seen.join().header("x-other")).isNull();
            assertThat(seen.join().isExternal()).isTrue();
            assertThat(seen.join().transport()).isEqualTo("http");
        }
    }
}
