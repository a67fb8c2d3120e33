package io.betrue.examples.loadclient;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A bank on a free loopback port, with faults drawn from a seed. */
final class FakeServer implements AutoCloseable {

    /** What may happen to a request besides an answer. */
    enum Fault {
        NONE,
        /** The connection ends, and nothing took place. */
        DROP_BEFORE,
        /** It takes place, and the connection ends without the answer. */
        DROP_AFTER,
        /** 503, and nothing took place. */
        UNAVAILABLE,
        /** It takes place, and the answer never comes in time. */
        LATE
    }

    /** Decides on the fault of each request. */
    interface Faults {
        Fault next();
    }

    static {
        // else an answer may wait 40 ms for the other side's acknowledgement of its first half
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final FakeBank bank;
    private volatile Faults faults = () -> Fault.NONE;
    private volatile Runnable before = () -> {};

    FakeServer(FakeBank bank) {
        this.bank = bank;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** {@return faults in this share of the requests, drawn from a seed} */
    static Faults seeded(long seed, double share) {
        Random random = new Random(seed);
        Fault[] all = Fault.values();
        return () -> {
            synchronized (random) {
                return random.nextDouble() < share ? all[random.nextInt(all.length)] : Fault.NONE;
            }
        };
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void faults(Faults next) {
        faults = next;
    }

    /** Has this done before each request is handled, on its own thread. */
    void before(Runnable action) {
        before = action;
    }

    private void handle(HttpExchange exchange) throws IOException {
        before.run();
        String path = exchange.getRequestURI().getPath().substring("/api/".length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Fault fault = path.startsWith("accounts/") ? Fault.NONE : faults.next();
        if (fault == Fault.DROP_BEFORE) {
            exchange.close();
            return;
        }
        FakeBank.Answered answer = fault == Fault.UNAVAILABLE
                ? new FakeBank.Answered(503, Map.of("code", "UNAVAILABLE"))
                : bank.answer(
                        path,
                        header(exchange, "Authorization").replace("Bearer ", ""),
                        header(exchange, "Idempotency-Key"),
                        body);
        if (fault == Fault.DROP_AFTER) {
            exchange.close();
        } else if (fault != Fault.LATE) {
            respond(exchange, answer);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    private static void respond(HttpExchange exchange, FakeBank.Answered answer) throws IOException {
        byte[] bytes = Json.write(answer.body()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
