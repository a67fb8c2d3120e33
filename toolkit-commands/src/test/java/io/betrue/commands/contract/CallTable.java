package io.betrue.commands.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The table of calls whose answers are the same in process, over HTTP, WebSocket and NATS. */
final class CallTable {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String HELLO_ANNA = "{\"text\":\"hello anna\"}";

    private CallTable() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        good(rows);
        malformed(rows);
        invalid(rows);
        unauthorised(rows);
        unknown(rows);
        failing(rows);
        late(rows);
        repeated(rows);
        return rows;
    }

    /** {@return those that need streams} */
    static List<Row> streamed() {
        List<Row> rows = new ArrayList<>();
        rows.add(up("takes a stream", 100_000));
        rows.add(up("takes an empty stream", 0));
        rows.add(up("takes one byte", 1));
        rows.add(up("takes more than a window", 3_000_000));
        rows.add(Row.of("misses its stream", "up").input("{\"text\":\"x\"}").refused(400, "BAD_REQUEST"));
        rows.add(Row.of("wants no stream", "echo")
                .input("{\"text\":\"x\"}")
                .upload(100)
                .refused(400, "BAD_REQUEST"));
        rows.add(Row.of("refuses a stream half way", "up")
                .input("{\"text\":\"small\"}")
                .upload(3_000_000)
                .refused(413, "PAYLOAD_TOO_LARGE")
                .saying("limit", "10000"));
        rows.add(Row.of("refuses a stream of a stranger", "up")
                .byStranger()
                .input("{\"text\":\"x\"}")
                .upload(100_000)
                .refused(401, "UNAUTHENTICATED"));
        rows.add(Row.of("checks the input beside a stream", "up")
                .input("{}")
                .upload(100)
                .refused(422, "VALIDATION_FAILED"));
        rows.add(Row.of("gives a stream", "down")
                .input("{\"bytes\":100000}")
                .gives("{\"text\":\"here\"}")
                .downloads(100_000));
        rows.add(Row.of("gives an empty stream", "down")
                .input("{\"bytes\":0}")
                .gives("{\"text\":\"here\"}")
                .downloads(0));
        rows.add(Row.of("gives more than a window", "down")
                .input("{\"bytes\":3000000}")
                .gives("{\"text\":\"here\"}")
                .downloads(3_000_000));
        return rows;
    }

    private static Row up(String name, int length) {
        String sha = HexFormat.of().formatHex(TableCommands.sha256().digest(TableCommands.bytes(length)));
        return Row.of(name, "up")
                .input("{\"text\":\"x\"}")
                .upload(length)
                .gives("{\"length\":" + length + ",\"sha256\":\"" + sha + "\"}");
    }

    private static void good(List<Row> rows) {
        rows.add(Row.of("adds", "add")
                .input("{\"currency\":\"EUR\",\"amount\":5}")
                .gives("{\"amount\":5}"));
        rows.add(Row.of("takes an empty object", "outer").gives(HELLO_ANNA));
        rows.add(Row.of("takes no bytes for an empty object", "outer").input("").gives(HELLO_ANNA));
        rows.add(Row.of("takes white space around", "echo")
                .input(" \n{ \"text\" : \"x\" }\t")
                .gives("{\"text\":\"x\"}"));
        rows.add(echo("keeps letters", "naïve Ångström"));
        rows.add(echo("keeps what is beyond the basic plane", "😀𝄞"));
        rows.add(echo("keeps long texts", "x".repeat(15_000)));
        rows.add(Row.of("keeps escapes", "echo")
                .input("{\"text\":\"a\\\"b\\\\c\\u0000\\n\"}")
                .gives("{\"text\":\"a\\\"b\\\\c\\u0000\\n\"}"));
        rows.add(Row.of("knows versions", "echo.v2").input("{\"text\":\"x\"}").gives("{\"text\":\"x 2\"}"));
        rows.add(Row.of("gives status and headers", "created")
                .gives(201, "{\"text\":\"made\"}")
                .with("location", "/things/7")
                .with("x-word", "naïve ☂"));
        rows.add(Row.of("lets strangers in where they may", "hello")
                .byStranger()
                .gives("{\"text\":\"hello stranger\"}"));
        rows.add(Row.of("knows who calls an open command", "hello").gives(HELLO_ANNA));
        rows.add(Row.of("takes a bad token for none at an open command", "hello")
                .by("forged")
                .gives("{\"text\":\"hello stranger\"}"));
        rows.add(Row.of("lets a role in", "audit").by("otto").gives("{\"text\":\"hello otto\"}"));
        rows.add(Row.of("calls on behalf of the caller", "outer").by("otto").gives("{\"text\":\"hello otto\"}"));
        rows.add(Row.of("carries headers and the trace", "seen")
                .header("accept-language", "ru, en;q=0.5")
                .header("x-tenant", "blue")
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .gives(
                        "{\"transport\":\"some\",\"caller\":\"anna\",\"language\":\"ru, en;q=0.5\",\"tenant\":\"blue\",\"traceId\":\""
                                + TRACE + "\"}"));
        rows.add(Row.of("reaches internal commands from inside", "inner")
                .inside()
                .gives(HELLO_ANNA));
    }

    private static Row echo(String name, String text) {
        String json = "{\"text\":\"" + text + "\"}";
        return Row.of(name, "echo").input(json).gives(json);
    }

    private static void malformed(List<Row> rows) {
        rows.add(malformed("ends too early", "{\"text\":").saying("line", "1"));
        rows.add(malformed("has something behind", "{\"text\":\"x\"} {}"));
        rows.add(malformed("has a name twice", "{\"text\":\"x\",\"text\":\"y\"}"));
        rows.add(malformed("is no JSON", "text=x"));
        rows.add(malformed("has a comma too many", "{\"text\":\"x\",}"));
        rows.add(malformed("has single quotes", "{'text':'x'}"));
        rows.add(malformed("is blank", "   "));
        rows.add(malformed("is too deep", "[".repeat(150) + "]".repeat(150)));
        byte[] latin = "{\"text\":\"naïve\"}".getBytes(StandardCharsets.ISO_8859_1);
        rows.add(Row.of("is no UTF-8", "echo").input(latin).refused(400, "MALFORMED_JSON"));
        rows.add(Row.of("is too large", "echo")
                .input("{\"text\":\"" + "x".repeat(TableCommands.LARGEST_INPUT) + "\"}")
                .refused(413, "PAYLOAD_TOO_LARGE")
                .saying("limit", Integer.toString(TableCommands.LARGEST_INPUT)));
    }

    private static Row malformed(String name, String json) {
        return Row.of(name, "echo").input(json).refused(400, "MALFORMED_JSON");
    }

    private static void invalid(List<Row> rows) {
        rows.add(invalid("misses a member", "{\"currency\":\"EUR\"}"));
        rows.add(invalid("misses everything", "{}"));
        rows.add(invalid("has a member too many", "{\"currency\":\"EUR\",\"amount\":1,\"more\":1}"));
        rows.add(invalid("has the wrong type", "{\"currency\":\"EUR\",\"amount\":\"1\"}"));
        rows.add(invalid("is below the least", "{\"currency\":\"EUR\",\"amount\":0}"));
        rows.add(invalid("is above the most", "{\"currency\":\"EUR\",\"amount\":1001}"));
        rows.add(invalid("has a fraction", "{\"currency\":\"EUR\",\"amount\":1.5}"));
        rows.add(invalid("is null", "null"));
        rows.add(invalid("is an array", "[]"));
        rows.add(Row.of("says all that is wrong, and where", "add")
                .input("{\"currency\":\"E\",\"amount\":0}")
                .refused(422, "VALIDATION_FAILED")
                .saying("errors/0/pointer", "\"/currency\"")
                .saying("errors/1/pointer", "\"/amount\""));
        rows.add(Row.of("wants nothing and gets something", "outer")
                .input("{\"x\":1}")
                .refused(422, "VALIDATION_FAILED"));
        rows.add(Row.of("checks by the record", "echo").input("{\"text\":5}").refused(422, "VALIDATION_FAILED"));
    }

    private static Row invalid(String name, String json) {
        return Row.of(name, "add").input(json).refused(422, "VALIDATION_FAILED");
    }

    private static void unauthorised(List<Row> rows) {
        rows.add(Row.of("has no token", "add").byStranger().refused(401, "UNAUTHENTICATED"));
        rows.add(Row.of("has a forged token", "add").by("forged").refused(401, "UNAUTHENTICATED"));
        rows.add(Row.of("has another scheme", "add")
                .header("authorization", "Basic YW5uYTo=")
                .refused(401, "UNAUTHENTICATED"));
        rows.add(Row.of("tells strangers nothing of their input", "add")
                .byStranger()
                .input("{\"amount\":0}")
                .refused(401, "UNAUTHENTICATED"));
        rows.add(Row.of("lacks the role", "audit").refused(403, "FORBIDDEN"));
        rows.add(Row.of("lacks the role and a token", "audit").byStranger().refused(401, "UNAUTHENTICATED"));
    }

    private static void unknown(List<Row> rows) {
        rows.add(Row.of("is unknown", "steal").refused(404, "NOT_FOUND"));
        rows.add(Row.of("is unknown to strangers", "steal").byStranger().refused(404, "NOT_FOUND"));
        rows.add(Row.of("is unknown in this version", "echo.v3").refused(404, "NOT_FOUND"));
        rows.add(Row.of("is unknown in other letters", "ECHO").refused(404, "NOT_FOUND"));
        rows.add(Row.of("is unknown from outside", "inner").refused(404, "NOT_FOUND"));
    }

    private static void failing(List<Row> rows) {
        rows.add(Row.of("is refused by the handler", "add")
                .input("{\"currency\":\"XXY\",\"amount\":1}")
                .refused(422, "UNKNOWN_CURRENCY")
                .saying("currency", "\"XXY\"")
                .saying("detail", "\"XXY is no currency here.\"")
                .saying("title", "\"Unknown currency\""));
        rows.add(Row.of("is refused for now", "fail/later")
                .refused(503, "COME_LATER")
                .saying("retryAfter", "7"));
        rows.add(Row.of("fails unforeseen", "fail/unforeseen").refused(500, "INTERNAL"));
        rows.add(Row.of("fails with an error", "fail/error").refused(500, "INTERNAL"));
        rows.add(Row.of("fails under the caller's trace", "fail/unforeseen")
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .refused(500, "INTERNAL")
                .saying("traceId", "\"" + TRACE + "\""));
        rows.add(Row.of("is told to wait", "hello")
                .by("flood")
                .times(TableCommands.FLOOD + 1)
                .refused(429, "RATE_LIMITED"));
    }

    private static void late(List<Row> rows) {
        rows.add(Row.of("takes too long", "nap")
                .input("{\"millis\":5000}")
                .timeout(Duration.ofMillis(150))
                .refused(504, "DEADLINE_EXCEEDED"));
        rows.add(Row.of("takes longer than its type allows", "nap/short")
                .input("{\"millis\":5000}")
                .timeout(null)
                .refused(504, "DEADLINE_EXCEEDED"));
        rows.add(Row.of("is given up", "nap")
                .input("{\"millis\":5000}")
                .cancelled()
                .refused(499, "CANCELLED"));
    }

    private static void repeated(List<Row> rows) {
        String count = "{\"currency\":\"CNT\",\"amount\":1}";
        rows.add(Row.of("is done once with a key", "add")
                .header("idempotency-key", "k1")
                .input(count)
                .times(3)
                .gives("{\"amount\":2}")
                .with("idempotency-replayed", "true"));
        rows.add(Row.of("uses a key for another input", "add")
                .header("idempotency-key", "k1")
                .input("{\"currency\":\"CNT\",\"amount\":9}")
                .refused(409, "CONFLICT"));
        rows.add(Row.of("keeps keys of callers apart", "add")
                .by("otto")
                .header("idempotency-key", "k1")
                .input("{\"currency\":\"EUR\",\"amount\":7}")
                .gives("{\"amount\":7}"));
        rows.add(Row.of("is refused again with a key", "add")
                .header("idempotency-key", "k2")
                .input("{\"currency\":\"XXY\",\"amount\":1}")
                .times(2)
                .refused(422, "UNKNOWN_CURRENCY")
                .saying("currency", "\"XXY\""));
        rows.add(Row.of("may be tried again after a fault", "fail/once")
                .header("idempotency-key", "k3")
                .times(2)
                .gives("{\"amount\":1000}"));
        rows.add(Row.of("has a malformed key", "add")
                .header("idempotency-key", "two words")
                .input(count)
                .refused(400, "BAD_REQUEST"));
    }
}
