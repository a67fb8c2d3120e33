package io.betrue.examples.microservices;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Takes traces over OTLP/HTTP, as a collector does, and reads of them what tests ask (opentelemetry-proto, trace/v1/trace.proto). Metrics are taken and forgotten. */
final class OtlpCollector implements AutoCloseable {
    private static final String[] KINDS = {"UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"};

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /**
     * A span that has ended.
     *
     * @param service the name of the process's role
     * @param instance which process
     */
    record Span(String trace, String id, String parent, String kind, String name, String service, String instance) {
        /** {@return what it is, for people} */
        String title() {
            return service + ": " + kind + " " + name;
        }
    }

    OtlpCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task, "collector");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/v1/traces", this::take);
        server.createContext("/v1/metrics", OtlpCollector::forget);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Message request =
                    new Message(ByteBuffer.wrap(exchange.getRequestBody().readAllBytes()));
            for (Message ofResource : request.messages(1)) {
                Map<String, String> resource = attributes(ofResource.messages(1).get(0));
                for (Message ofScope : ofResource.messages(2)) {
                    for (Message span : ofScope.messages(2)) {
                        spans.add(span(span, resource));
                    }
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static void forget(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Span span(Message span, Map<String, String> resource) {
        return new Span(
                span.hex(1),
                span.hex(2),
                span.hex(4),
                KINDS[(int) span.number(6)],
                span.text(5),
                resource.getOrDefault("service.name", ""),
                resource.getOrDefault("service.instance.id", ""));
    }

    private static Map<String, String> attributes(Message resource) {
        Map<String, String> attributes = new HashMap<>();
        for (Message pair : resource.messages(1)) {
            attributes.put(pair.text(1), pair.messages(2).get(0).text(1));
        }
        return attributes;
    }

    /** {@return the spans of a trace that have come} */
    List<Span> ofTrace(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** The fields of a message of Protocol Buffers, by number: numbers, and bytes that are texts or messages again. */
    private static final class Message {
        private final Map<Integer, List<ByteBuffer>> bytes = new HashMap<>();
        private final Map<Integer, Long> numbers = new HashMap<>();

        Message(ByteBuffer from) {
            ByteBuffer in = from.slice().order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                int tag = (int) varint(in);
                int field = tag >>> 3;
                switch (tag & 7) {
                    case 0 -> numbers.put(field, varint(in));
                    case 1 -> numbers.put(field, in.getLong());
                    case 2 -> {
                        int length = (int) varint(in);
                        bytes.computeIfAbsent(field, key -> new ArrayList<>()).add(in.slice(in.position(), length));
                        in.position(in.position() + length);
                    }
                    case 5 -> numbers.put(field, (long) in.getInt());
                    default -> throw new IllegalArgumentException("no Protocol Buffers: wire type " + (tag & 7));
                }
            }
        }

        private static long varint(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = in.get();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        List<Message> messages(int field) {
            return bytes.getOrDefault(field, List.of()).stream()
                    .map(Message::new)
                    .toList();
        }

        long number(int field) {
            return numbers.getOrDefault(field, 0L);
        }

        private byte[] raw(int field) {
            List<ByteBuffer> all = bytes.getOrDefault(field, List.of());
            if (all.isEmpty()) {
                return new byte[0];
            }
            byte[] raw = new byte[all.get(0).remaining()];
            all.get(0).duplicate().get(raw);
            return raw;
        }

        String text(int field) {
            return new String(raw(field), StandardCharsets.UTF_8);
        }

        String hex(int field) {
            return HexFormat.of().formatHex(raw(field));
        }
    }
}
