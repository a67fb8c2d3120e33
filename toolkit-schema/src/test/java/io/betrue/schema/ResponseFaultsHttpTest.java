package io.betrue.schema;

import static io.betrue.schema.CheckedApp.BAD;
import static io.betrue.schema.CheckedApp.GOOD;
import static io.betrue.schema.CheckedApp.ORDER;
import static io.betrue.schema.CheckedApp.get;
import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.out;
import static io.betrue.schema.RouteParts.outStream;
import static io.betrue.schema.RouteParts.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.StandardError;
import io.betrue.schema.CheckedApp.ShopError;
import io.javalin.Javalin;
import io.javalin.http.Handler;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses that are not what their route says, and those that are. */
class ResponseFaultsHttpTest {
    @RegisterExtension
    final CheckedApp app = new CheckedApp();

    record Row(String name, RoutePart says, Handler handler, String fault) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> faults() {
        return Stream.of(
                new Row("status", out(201, ORDER), ctx -> ctx.json(GOOD), "status 200 is not spoken of"),
                new Row("media type", out(200, ORDER), ctx -> ctx.result("hello"), "200 comes as text/plain"),
                new Row("no body", out(200, ORDER), ctx -> {}, "200 has no body"),
                new Row("a body", out(200), ctx -> ctx.result("a"), "200 has a body"),
                new Row(
                        "not JSON",
                        out(200, ORDER),
                        ctx -> ctx.contentType("application/json").result("{"),
                        "the body of 200 is no JSON that a client would take"),
                new Row(
                        "a member twice",
                        out(200, "anything"),
                        ctx -> ctx.contentType("application/json").result("{\"a\":1,\"a\":2}"),
                        "the body of 200 is no JSON that a client would take"),
                new Row(
                        "null",
                        out(200, ORDER),
                        ctx -> ctx.contentType("application/json").result("null"),
                        "the body of" + " 200 does not fit its schema order/create"),
                new Row(
                        "class",
                        out("4XX", ORDER),
                        ctx -> ctx.status(418).json(BAD),
                        "the body of 418 does not fit its" + " schema order/create"),
                new Row(
                        "default",
                        out("default", ORDER),
                        ctx -> ctx.status(299).json(BAD),
                        "the body of 299 does not fit" + " its schema order/create"),
                new Row(
                        "exact before class",
                        out(418, ORDER).and(out("4XX", "anything")),
                        ctx -> ctx.status(418).json(BAD),
                        "the body of 418 does not fit its schema order/create"),
                new Row("redirect", out(200, ORDER), ctx -> ctx.redirect("/y"), "status 302 is not spoken of"),
                new Row(
                        "stream of another type",
                        outStream(200, "text/csv"),
                        ctx -> ctx.contentType("text/html").result("a"),
                        "200 comes as text/html"),
                new Row(
                        "a code that is not named",
                        out(200, ORDER).and(problems(StandardError.GONE)),
                        ctx -> {
                            throw ShopError.SOLD_OUT.problem().toException();
                        },
                        "a problem of 409 with a code that it does not name"),
                new Row(
                        "another code of the same status",
                        out(200, ORDER).and(problems(ShopError.LOCKED_OUT)),
                        ctx -> {
                            throw ShopError.SOLD_OUT.problem().toException();
                        },
                        "a problem of 409 with a code that it does not name"),
                new Row(
                        "a future",
                        out(200, ORDER),
                        ctx -> ctx.future(() -> CompletableFuture.runAsync(() -> ctx.json(BAD))),
                        "the body of 200 does not fit its schema order/create"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void reportsWhatTheRouteDoesNotSay(Row row) {
        Javalin started = app.start(ResponseCheck.FAIL, true, get(row.says(), row.handler()));

        HttpResponse<String> response = Http.get(started, "/x");

        assertThat(response.body())
                .contains("The response to GET /x is not what the route says: " + row.fault() + ".\"");
        assertThat(response.statusCode()).isEqualTo(500);
    }

    static Stream<Row> fine() {
        return Stream.of(
                new Row("no body", out(204), ctx -> ctx.status(204), ""),
                new Row("no body or one", out(200).and(out(200, ORDER)), ctx -> {}, ""),
                new Row("one body or none", out(200).and(out(200, ORDER)), ctx -> ctx.json(GOOD), ""),
                new Row(
                        "a charset",
                        out(200, ORDER),
                        ctx -> ctx.contentType("application/json; charset=utf-8")
                                .result("{\"sku\":\"abc\",\"amount\":1}"),
                        ""),
                new Row(
                        "another JSON type",
                        out(200, ORDER).as("application/hal+json"),
                        ctx -> ctx.json(GOOD).contentType("application/hal+json"),
                        ""),
                new Row(
                        "a named code",
                        out(200, ORDER).and(problems(ShopError.SOLD_OUT)),
                        ctx -> {
                            throw ShopError.SOLD_OUT.problem().toException();
                        },
                        ""),
                new Row(
                        "a standard code",
                        out(200, ORDER),
                        ctx -> {
                            throw StandardError.FORBIDDEN.problem().toException();
                        },
                        ""),
                new Row(
                        "a crash",
                        out(200, ORDER),
                        ctx -> {
                            throw new IllegalStateException("oops");
                        },
                        ""),
                new Row(
                        "a problem with a schema",
                        out(409, "anything").as("application/problem+json"),
                        ctx -> {
                            throw ShopError.SOLD_OUT.problem().toException();
                        },
                        ""),
                new Row("a route that says nothing of responses", in(ORDER).optional(), ctx -> ctx.json(BAD), ""));
    }

    @ParameterizedTest
    @MethodSource("fine")
    void letsThroughWhatTheRouteSays(Row row) {
        Javalin started = app.start(ResponseCheck.FAIL, true, get(row.says(), row.handler()));

        assertThat(Http.get(started, "/x").body()).doesNotContain("not what the route says");
    }

    @Test
    void letsRefusedRequestsThrough() {
        Javalin started = app.start(
                ResponseCheck.FAIL,
                true,
                SchemaRoutes.post("/x", in(ORDER), out(200, ORDER), ctx -> ctx.json(SchemaBody.tree(ctx))));

        assertThat(Http.postJson(started, "/x", "{}").statusCode()).isEqualTo(422);
        assertThat(Http.postJson(started, "/x", "{").statusCode()).isEqualTo(400);
        assertThat(Http.send(started, "POST", "/x", "{}", "Content-Type", "application/json", "Accept", "text/html")
                        .statusCode())
                .isEqualTo(422);
        assertThat(Http.postJson(started, "/x", "{\"sku\":\"abc\",\"amount\":1}")
                        .statusCode())
                .isEqualTo(200);
    }
}
