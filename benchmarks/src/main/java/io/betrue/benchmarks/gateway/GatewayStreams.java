package io.betrue.benchmarks.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Streams that are larger than the heaps of those they pass through, and one that breaks off. */
final class GatewayStreams {
    private static final String SMALL = "128m";
    private static final long FREE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String BOUNDARY = "one-gibibyte";
    private static final int BROKEN = 4_000_000;
    private static final int BREAKS = 40;

    private final Bench bench;
    private final long length;
    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    GatewayStreams(Bench bench, Options options) {
        this.bench = bench;
        this.length = options.quick() ? 64L << 20 : 1L << 30;
    }

    void run() throws IOException, InterruptedException {
        bench.service(SMALL);
        Node gateway = bench.gateway(SMALL);
        Ledger.Sum sum = Pattern.sum(new Pattern(length));
        bench.say("  %,d bytes through processes with -Xmx%s", length, SMALL);
        upload(gateway, "raw", "application/octet-stream", new Pattern(length), sum);
        upload(gateway, "multipart", "multipart/form-data; boundary=" + BOUNDARY, form(), sum);
        download(gateway, sum);
        breakOff(gateway);
    }

    private InputStream form() {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
        return new SequenceInputStream(Collections.enumeration(
                List.of(text(head), new Pattern(length), text("\r\n--" + BOUNDARY + "--\r\n"))));
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static HttpRequest.Builder to(Node gateway, String path, String type) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/api/" + path))
                .header("Authorization", "Bearer " + Ledger.TOKEN)
                .header("Content-Type", type)
                .header("Timeout-Ms", "600000");
    }

    private void upload(Node gateway, String name, String type, InputStream body, Ledger.Sum sum)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        HttpResponse<String> response = http.send(
                to(gateway, "files/store", type)
                        .POST(BodyPublishers.ofInputStream(() -> body))
                        .build(),
                BodyHandlers.ofString());
        JsonNode answer = mapper.readTree(response.body());
        boolean equal = answer.path("bytes").asLong() == sum.bytes()
                && answer.path("sha256").asText().equals(sum.sha256());
        bench.must(
                response.statusCode() == 200 && equal,
                "upload, %s: answered %d, SHA-256 %s, %.0f MB/s%s",
                name,
                response.statusCode(),
                equal ? "equal" : "differs",
                rate(began),
                equal ? "" : ": " + response.body());
    }

    private double rate(long began) {
        return length / 1e6 / ((System.nanoTime() - began) / 1e9);
    }

    private void download(Node gateway, Ledger.Sum sum) throws IOException, InterruptedException {
        long began = System.nanoTime();
        HttpResponse<InputStream> response = http.send(
                to(gateway, "files/make", "application/json")
                        .POST(BodyPublishers.ofString("{\"bytes\":" + length + "}"))
                        .build(),
                BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            boolean equal = Pattern.sum(body).equals(sum);
            bench.must(
                    response.statusCode() == 200 && equal,
                    "download: answered %d, SHA-256 %s, %.0f MB/s",
                    response.statusCode(),
                    equal ? "equal" : "differs",
                    rate(began));
        }
    }

    /** Clients that promise more than they send, and go away: more of them than there may be streams at once. */
    private void breakOff(Node gateway) throws IOException, InterruptedException {
        for (int i = 0; i < BREAKS; i++) {
            breakOne(gateway);
        }
        long broken = System.nanoTime();
        JsonNode state = state(gateway);
        while (state.path("open").asInt() > 0 && System.nanoTime() - broken < 2 * FREE_NANOS) {
            TimeUnit.MILLISECONDS.sleep(10);
            state = state(gateway);
        }
        double millis = (System.nanoTime() - broken) / 1e6;
        bench.must(
                state.path("open").asInt() == 0 && millis < FREE_NANOS / 1e6,
                "%d broken uploads were over for their handlers %.0f ms after the last; it saw \"%s\"",
                BREAKS,
                millis,
                state.path("lastBreak").asText());
        bench.must(
                state.path("lastBreak").asText().startsWith("cancelled"), "they were cancelled calls to the handlers");
        HttpResponse<String> next = http.send(
                to(gateway, "files/store", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(new byte[BROKEN]))
                        .build(),
                BodyHandlers.ofString());
        bench.must(next.statusCode() == 200, "and the next upload was answered %d", next.statusCode());
    }

    private void breakOne(Node gateway) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/files/store HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Ledger.TOKEN
                            + "\r\nContent-Type: application/octet-stream\r\nTimeout-Ms: 600000\r\nContent-Length: "
                            + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new Pattern(BROKEN).readAllBytes());
            out.flush();
        }
    }

    private JsonNode state(Node gateway) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                to(gateway, "files/state", "application/json")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("the state was answered " + response.statusCode() + " " + response.body());
        }
        return mapper.readTree(response.body());
    }
}
