package io.betrue.commands.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Uploads and downloads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsHttpTest {
    private static final byte[] MEGABYTE = Till.pattern(1_000_003);
    private static final int LIMIT = 1_500_000;

    private Served served;

    @BeforeAll
    void start() {
        served = new Served(
                Served.WITH_ERRORS,
                c -> c.largestInput(10_000),
                h -> h.contentLimit(LIMIT)
                        .rest("GET", "/files/{size}", Till.FETCH)
                        .rest("PUT", "/files/{name}", Till.STORE));
    }

    @AfterAll
    void stop() {
        served.close();
    }

    private HttpRequest.Builder store() {
        return served.to("/api/files/store");
    }

    private static void stored(HttpResponse<String> reply, byte[] bytes) throws Exception {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(Served.tree(reply).path("bytes").asInt()).isEqualTo(bytes.length);
        assertThat(Served.tree(reply).path("sha256").asText()).isEqualTo(Till.sha256(bytes));
    }

    @Test
    void takesARawBody() throws Exception {
        HttpResponse<String> reply = Served.send(store().header("Content-Type", "image/png")
                .header("Command-Input", "{\"name\": \"gr\\u00fcn\"}")
                .header("Content-Disposition", "attachment; filename=\"a.png\"; filename*=UTF-8''%C3%A4.png")
                .POST(BodyPublishers.ofByteArray(MEGABYTE)));
        stored(reply, MEGABYTE);
        JsonNode stored = Served.tree(reply);
        assertThat(stored.path("name").asText()).isEqualTo("grün");
        assertThat(stored.path("fileName").asText()).isEqualTo("ä.png");
        assertThat(stored.path("mediaType").asText()).isEqualTo("image/png");
        assertThat(stored.path("length").asInt()).isEqualTo(MEGABYTE.length);
    }

    @Test
    void takesABodyOfUnknownLengthWithTheInputInTheQuery() throws Exception {
        HttpResponse<String> reply = Served.send(served.to("/api/files/store?input=%7B%22name%22%3A%22q%22%7D")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(MEGABYTE))));
        stored(reply, MEGABYTE);
        assertThat(Served.tree(reply).path("name").asText()).isEqualTo("q");
        assertThat(Served.tree(reply).path("length").isNull()).isTrue();
        assertThat(Served.tree(reply).path("mediaType").asText()).isEqualTo("application/octet-stream");
    }

    private static byte[] form(String... parts) {
        StringBuilder form = new StringBuilder();
        for (String part : parts) {
            form.append("--xyz\r\n").append(part).append("\r\n");
        }
        return form.append("--xyz--\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String input(String json) {
        return "Content-Disposition: form-data; name=\"input\"\r\n\r\n" + json;
    }

    private static String file(byte[] bytes) {
        return "Content-Disposition: form-data; name=\"file\"; filename=\"b.txt\"\r\nContent-Type: text/x-b\r\n\r\n"
                + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private HttpRequest.Builder sent(byte[] form) {
        return store().header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(BodyPublishers.ofByteArray(form));
    }

    @Test
    void takesAFormWhoseFileComesLast() throws Exception {
        HttpResponse<String> reply = Served.send(sent(form(input("{\"name\": \"f\"}"), file(MEGABYTE))));
        stored(reply, MEGABYTE);
        assertThat(Served.tree(reply).path("name").asText()).isEqualTo("f");
        assertThat(Served.tree(reply).path("fileName").asText()).isEqualTo("b.txt");
        assertThat(Served.tree(reply).path("mediaType").asText()).isEqualTo("text/x-b");
        byte[] tricky = "\r\n--xy\r\n--xyzz \r\n-".repeat(5_000).getBytes(StandardCharsets.ISO_8859_1);
        stored(
                Served.send(sent(form(file("\r\n--xy\r\n".getBytes(StandardCharsets.ISO_8859_1))))),
                "\r\n--xy\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(tricky).isNotEmpty();
    }

    @Test
    void refusesFormsOutOfOrder() throws Exception {
        HttpResponse<String> late = Served.send(sent(form(file(MEGABYTE), input("{\"name\": \"f\"}"))));
        assertThat(late.statusCode()).as(late.body()).isEqualTo(400);
        assertThat(late.body()).contains("last part");
        HttpResponse<String> twice = Served.send(sent(form(input("{}"), input("{}"), file(MEGABYTE))));
        assertThat(twice.body()).contains("twice");
    }

    @Test
    void refusesFormsThatAreCutOrTooLarge() throws Exception {
        byte[] whole = form(input("{}"), file("0123456789".getBytes(StandardCharsets.ISO_8859_1)));
        HttpResponse<String> cut = Served.send(sent(java.util.Arrays.copyOf(whole, whole.length - 10)));
        assertThat(cut.statusCode()).as(cut.body()).isEqualTo(400);
        HttpResponse<String> input = Served.send(sent(form(input("{\"name\": \"" + "n".repeat(20_000) + "\"}"))));
        assertThat(input.statusCode()).isEqualTo(413);
        HttpResponse<String> boundless = Served.send(
                store().header("Content-Type", "multipart/form-data").POST(BodyPublishers.ofByteArray(whole)));
        assertThat(boundless.statusCode()).isEqualTo(400);
    }

    @Test
    void refusesStreamsThatAreTooLarge() throws Exception {
        byte[] large = new byte[LIMIT + 1];
        assertThat(Served.send(store().POST(BodyPublishers.ofByteArray(large))).statusCode())
                .isEqualTo(413);
        HttpResponse<String> chunked =
                Served.send(store().POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large))));
        assertThat(chunked.statusCode()).as(chunked.body()).isEqualTo(413);
    }

    @Test
    void asksForTheStreamThatIsMissing() throws Exception {
        HttpResponse<String> none = Served.send(store().POST(BodyPublishers.noBody()));
        assertThat(none.statusCode()).as(none.body()).isEqualTo(400);
        stored(Served.send(store().header("Content-Type", "text/plain").POST(BodyPublishers.noBody())), new byte[0]);
    }

    @Test
    void asksOnlyForStreamsThatItTakes() throws Exception {
        String request = "POST /api/files/vault HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n";
        try (Socket socket = served.socket()) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 401");
        }
        try (Socket socket = served.socket()) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((request + "Authorization: Bearer anna\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100");
        }
    }

    @Test
    void sendsAStreamWithItsOutputBesideIt() throws Exception {
        HttpResponse<byte[]> reply = Served.sendForBytes(served.json("/api/files/fetch", "{\"size\": 1000003}"));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(MEGABYTE);
        assertThat(reply.headers().firstValue("command-output")).contains("{\"name\":\"gr\\u00f6\\u00dfe 1000003\"}");
        assertThat(reply.headers().firstValue("content-type")).contains("application/x-test");
        assertThat(reply.headers().firstValue("content-length")).contains("1000003");
        assertThat(reply.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"Gr__e _1_.bin\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.bin");
    }

    @Test
    void nobodyTakesAPartForTheWhole() {
        assertThatThrownBy(() ->
                        Served.sendForBytes(served.json("/api/files/fetch", "{\"size\": 1000003, \"broken\": true}")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void streamsHaveOtherWaysInToo() throws Exception {
        assertThat(Served.sendForBytes(served.to("/files/10").GET()).body()).isEqualTo(Till.pattern(10));
        HttpResponse<String> put = Served.send(served.to("/files/report").PUT(BodyPublishers.ofByteArray(MEGABYTE)));
        stored(put, MEGABYTE);
        assertThat(Served.tree(put).path("name").asText()).isEqualTo("report");
    }

    @Test
    void forwardedStreamsLookAtTheRequest() throws Exception {
        try (Served gateway = new Served(
                Served.WITH_ERRORS, c -> c.forward("files/*", request -> served.commands.send(request)), h -> {})) {
            stored(
                    Served.send(gateway.to("/api/files/store")
                            .header("Command-Input", "{\"name\":\"g\"}")
                            .POST(BodyPublishers.ofByteArray(MEGABYTE))),
                    MEGABYTE);
        }
    }
}
