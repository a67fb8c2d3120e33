package io.betrue.examples.files;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The little of S3 that {@link S3Store} needs, kept in memory; it checks signatures and digests as the description of S3 says, and fails when it is told to. No real store was ever asked. */
final class S3Server implements AutoCloseable {
    static final S3Keys KEYS = new S3Keys("test-key", "a/secret+key");
    static final String BUCKET = "betrue-files";
    static final String REGION = "eu-central-1";

    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256 Credential=" + KEYS.id() + "/\\d{8}/"
            + REGION + "/s3/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** What a request may meet. */
    enum Fault {
        /** An answer 500. */
        ERROR,
        /** An answer 503, as a store has it that is too busy. */
        SLOW_DOWN,
        /** An answer 507. */
        FULL,
        /** No answer. */
        SILENCE,
        /** Half of an object, and the end of the connection. */
        HALF,
        /** An object in chunks, without its length. */
        CHUNKS
    }

    S3Server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    S3Options options() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new S3Options(endpoint, REGION, BUCKET, KEYS, Duration.ofSeconds(20));
    }

    /** The next request meets this, then the one after it the next. */
    void fail(Fault... next) {
        faults.addAll(List.of(next));
    }

    int requests() {
        return requests.get();
    }

    int objects() {
        return objects.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            byte[] body = exchange.getRequestBody().readAllBytes();
            String refusal = refusal(exchange, body);
            Fault fault = faults.poll();
            if (refusal != null) {
                refuse(exchange, 403, refusal);
            } else if (fault == Fault.SILENCE) {
                closed.await();
            } else if (fault != null && fault != Fault.HALF && fault != Fault.CHUNKS) {
                int status = fault == Fault.ERROR ? 500 : fault == Fault.FULL ? 507 : 503;
                refuse(exchange, status, fault == Fault.SLOW_DOWN ? "SlowDown" : "InternalError");
            } else {
                serve(exchange, body, fault);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, byte[] body, @Nullable Fault fault) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", 3);
        byte[] known = path.length < 3 ? null : objects.get(path[2]);
        if (!path[1].equals(BUCKET)) {
            refuse(exchange, 404, "NoSuchBucket");
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                objects.put(path[2], body);
                exchange.getResponseHeaders()
                        .set("ETag", "\"" + SigV4.hash(body).substring(0, 32) + "\"");
                exchange.sendResponseHeaders(200, -1);
            }
            case "DELETE" -> {
                objects.remove(path[2]);
                exchange.sendResponseHeaders(204, -1);
            }
            case "GET" -> {
                if (known == null) {
                    refuse(exchange, 404, "NoSuchKey");
                } else {
                    give(exchange, known, fault);
                }
            }
            default -> refuse(exchange, 405, "MethodNotAllowed");
        }
    }

    private static void give(HttpExchange exchange, byte[] known, @Nullable Fault fault) throws IOException {
        boolean chunks = fault == Fault.CHUNKS;
        exchange.sendResponseHeaders(200, chunks ? 0 : known.length == 0 ? -1 : known.length);
        if (known.length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(known, 0, fault == Fault.HALF ? known.length / 2 : known.length);
            out.flush();
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] xml = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + code
                        + ", says a test</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, xml.length);
        exchange.getResponseBody().write(xml);
    }

    /** Why a request is not believed, or null. */
    private static @Nullable String refusal(HttpExchange exchange, byte[] body) throws IOException {
        Headers given = exchange.getRequestHeaders();
        Matcher authorization = AUTHORIZATION.matcher(String.valueOf(given.getFirst("Authorization")));
        if (!authorization.matches()) {
            return "AccessDenied";
        }
        Map<String, String> headers = new HashMap<>();
        given.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        List<String> signed = List.of(authorization.group(1).split(";", -1));
        if (!signed.containsAll(List.of("host", "x-amz-date", "x-amz-content-sha256"))
                || !headers.keySet().containsAll(signed)) {
            return "AccessDenied";
        }
        String hash = headers.get("x-amz-content-sha256");
        boolean unsigned = body.length == 0 && "UNSIGNED-PAYLOAD".equals(hash);
        if (!unsigned && !SigV4.hash(body).equals(hash)) {
            return "XAmzContentSHA256Mismatch";
        }
        String md5 = headers.get("content-md5");
        if (exchange.getRequestMethod().equals("PUT")
                && !Base64.getEncoder()
                        .encodeToString(Hashes.md5().digest(body))
                        .equals(md5)) {
            return "BadDigest";
        }
        URI uri = exchange.getRequestURI();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        SigV4.Request request =
                new SigV4.Request(exchange.getRequestMethod(), uri.getRawPath(), query, headers, signed);
        try {
            String right = SigV4.signature(request, REGION, KEYS.secret());
            return right.equals(authorization.group(2)) ? null : "SignatureDoesNotMatch";
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
