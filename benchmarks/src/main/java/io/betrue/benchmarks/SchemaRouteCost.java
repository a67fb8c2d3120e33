package io.betrue.benchmarks;

import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.out;

import com.sun.management.ThreadMXBean;
import io.betrue.schema.ResponseCheck;
import io.betrue.schema.RoutePart;
import io.betrue.schema.SchemaBody;
import io.betrue.schema.SchemaPlugin;
import io.betrue.schema.SchemaRoutes;
import io.betrue.schema.Schemas;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts the processor time that all threads of the server take for one POST of 1 KB of JSON, with and without a schema.
 * <p>The client runs in the same JVM on the main thread, which is left out of the sum. The routes take turns in each round.
 */
public final class SchemaRouteCost {
    private static final int WARM_UP_ROUNDS = 4;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String SCHEMA = """
            {
              "type": "object",
              "required": ["customer", "items", "currency", "placed"],
              "additionalProperties": false,
              "properties": {
                "customer": {"type": "string", "minLength": 1, "maxLength": 100},
                "email": {"type": "string", "format": "email"},
                "currency": {"enum": ["EUR", "USD", "GBP"]},
                "placed": {"type": "string", "format": "date-time"},
                "note": {"type": "string", "maxLength": 500},
                "items": {
                  "type": "array",
                  "minItems": 1,
                  "maxItems": 100,
                  "items": {
                    "type": "object",
                    "required": ["sku", "amount", "price"],
                    "additionalProperties": false,
                    "properties": {
                      "sku": {"type": "string", "pattern": "^[a-z0-9-]{3,40}$"},
                      "amount": {"type": "integer", "minimum": 1, "maximum": 1000},
                      "price": {"type": "number", "exclusiveMinimum": 0},
                      "gift": {"type": "boolean"}
                    }
                  }
                }
              }
            }""";

    private SchemaRouteCost() {}

    /**
     * What the handlers make of the body.
     *
     * @param customer who orders
     * @param email where to write to
     * @param currency of the prices
     * @param placed when
     * @param note a text
     * @param items what is ordered
     */
    public record Order(String customer, String email, String currency, String placed, String note, List<Item> items) {}

    /**
     * One line of an order.
     *
     * @param sku what
     * @param amount how many
     * @param price of one
     * @param gift whether it is wrapped
     */
    public record Item(String sku, int amount, BigDecimal price, boolean gift) {}

    /**
     * Prints the median of each route in microseconds.
     *
     * @param args how many rounds (21 unless given), and how many requests each (2,000)
     * @throws IOException if a connection breaks
     */
    public static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 21;
        int requests = args.length > 1 ? Integer.parseInt(args[1]) : 2_000;
        Javalin without = start(config -> config.routes.post("/plain", SchemaRouteCost::mapped));
        Javalin with = start(SchemaRouteCost::checked);
        String body = body();
        System.out.println("body: " + body.length() + " bytes");
        Map<String, Client> clients = new LinkedHashMap<>();
        clients.put("without the plugin", new Client(without.port(), "/plain", body));
        clients.put("with the plugin, no schema", new Client(with.port(), "/plain", body));
        clients.put("schema, same handler (bodyAsClass)", new Client(with.port(), "/same", body));
        clients.put("schema, SchemaBody.as", new Client(with.port(), "/checked", body));
        clients.put("schema in and out, SchemaBody.as, answers the body", new Client(with.port(), "/echo", body));
        clients.put("no schema, answers the body", new Client(with.port(), "/plain-echo", body));
        try {
            report(clients, rounds, requests);
        } finally {
            for (Client client : clients.values()) {
                client.close();
            }
            without.stop();
            with.stop();
        }
    }

    private static void report(Map<String, Client> clients, int rounds, int requests) throws IOException {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round < rounds + WARM_UP_ROUNDS; round++) {
            for (Map.Entry<String, Client> client : clients.entrySet()) {
                long before = processorTimeOfOthers();
                client.getValue().ask(round < WARM_UP_ROUNDS ? requests * 5 : requests);
                double micros = (processorTimeOfOthers() - before) / 1e3 / requests;
                if (round >= WARM_UP_ROUNDS) {
                    times.computeIfAbsent(client.getKey(), name -> new ArrayList<>())
                            .add(micros);
                }
            }
        }
        times.forEach((name, values) -> {
            Collections.sort(values);
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-52s %6.1f µs (quartiles %.1f to %.1f)",
                    name,
                    values.get(values.size() / 2),
                    values.get(values.size() / 4),
                    values.get(values.size() * 3 / 4)));
        });
    }

    private static Javalin start(Consumer<JavalinConfig> routes) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.startupWatcherEnabled = false;
                    routes.accept(config);
                })
                .start("127.0.0.1", 0);
    }

    private static void checked(JavalinConfig config) {
        Schemas schemas = Schemas.load(load -> load.json("order", SCHEMA));
        config.registerPlugin(new SchemaPlugin(schemas, s -> s.responses(ResponseCheck.FAIL)));
        RoutePart order = in("order");
        config.routes.post("/plain", SchemaRouteCost::mapped);
        Handler echo = ctx -> ctx.json(ctx.bodyAsClass(Order.class));
        config.routes.post("/plain-echo", echo);
        config.routes.addEndpoint(SchemaRoutes.post("/same", order, SchemaRouteCost::mapped));
        config.routes.addEndpoint(SchemaRoutes.post(
                "/checked",
                order,
                ctx -> ctx.result(SchemaBody.as(ctx, Order.class).currency())));
        config.routes.addEndpoint(
                SchemaRoutes.post("/echo", order, out(200, "order"), ctx -> ctx.json(SchemaBody.as(ctx, Order.class))));
    }

    private static void mapped(Context ctx) {
        ctx.result(ctx.bodyAsClass(Order.class).currency());
    }

    private static String body() {
        String items = IntStream.range(0, 12)
                .mapToObj(i -> "{\"sku\":\"article-" + (1000 + i) + "-blue\",\"amount\":" + (i + 1) + ",\"price\":"
                        + (i + 1) + ".99,\"gift\":" + (i % 2 == 0) + "}")
                .collect(Collectors.joining(","));
        return "{\"customer\":\"Ada Lovelace\",\"email\":\"ada@example.org\",\"currency\":\"EUR\","
                + "\"placed\":\"2026-11-21T04:00:00Z\",\"note\":\"" + "please ring twice ".repeat(12) + "\",\"items\":["
                + items + "]}";
    }

    private static long processorTimeOfOthers() {
        long[] ids = Arrays.stream(THREADS.getAllThreadIds())
                .filter(id -> id != Thread.currentThread().getId())
                .toArray();
        return Arrays.stream(THREADS.getThreadCpuTime(ids))
                .filter(time -> time > 0)
                .sum();
    }

    /** Sends one request again and again on one connection and reads each answer to its end. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final byte[] request;

        Client(int port, String path, String body) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            request = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII);
        }

        void ask(int times) throws IOException {
            for (int i = 0; i < times; i++) {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
                readAnswer(socket.getInputStream());
            }
        }

        /** Javalin's answers of this size come in chunks or with a length; both end where nothing more is announced. */
        private static void readAnswer(InputStream in) throws IOException {
            String head = lines(in);
            if (!head.startsWith("HTTP/1.1 200")) {
                throw new IOException(
                        "refused: " + head + new String(in.readNBytes(in.available()), StandardCharsets.UTF_8));
            }
            String lower = head.toLowerCase(Locale.ROOT);
            int length = lower.indexOf("content-length: ");
            if (length >= 0) {
                in.readNBytes(Integer.parseInt(lower.substring(length + 16, lower.indexOf('\n', length))));
                return;
            }
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                in.readNBytes(size + 2);
            }
            line(in);
        }

        private static String lines(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                head.append(line).append('\n');
            }
            return head.toString();
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the server closed the connection");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
