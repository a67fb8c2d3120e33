package io.betrue.commands.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What hubs tell each other: a line of JSON that says what it is, then the event's data as clients get it, which no node but the sender's turns into JSON.
 *
 * @param head what it is
 * @param data JSON; empty where there is none
 */
record Envelope(JsonNode head, String data) {
    private static final Logger log = LoggerFactory.getLogger(Envelope.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    static ObjectNode head(String kind, String from) {
        return JSON.createObjectNode().put("kind", kind).put("from", from);
    }

    static ObjectNode empty() {
        return JSON.createObjectNode();
    }

    static byte[] write(ObjectNode head, String data) {
        try {
            return (JSON.writeValueAsString(head) + '\n' + data).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of texts and numbers
        }
    }

    /** {@return what was written, or null if it was not by a hub} */
    static @Nullable Envelope read(byte[] body) {
        int end = 0;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        try {
            JsonNode head = JSON.readTree(body, 0, end);
            if (end < body.length && head.isObject()) {
                return new Envelope(head, new String(body, end + 1, body.length - end - 1, StandardCharsets.UTF_8));
            }
        } catch (IOException notOurs) {
            log.debug("a message that no hub wrote", notOurs);
        }
        log.warn("A message of {} bytes was ignored: no hub wrote it", body.length);
        return null;
    }

    String kind() {
        return text("kind");
    }

    String from() {
        return text("from");
    }

    /** Adds where it belongs to, as a {@code traceparent}; nothing where that is null. */
    static ObjectNode traced(ObjectNode head, @Nullable String trace) {
        return trace == null ? head : head.put("trace", trace);
    }

    /** {@return what {@link #traced} added, or null} */
    @Nullable
    String trace() {
        String trace = text("trace");
        return trace.isEmpty() ? null : trace;
    }

    String text(String member) {
        return head.path(member).asText();
    }

    static void putExceptions(ObjectNode head, List<Audience.Part> exceptions) {
        if (!exceptions.isEmpty()) {
            ArrayNode all = head.putArray("but");
            exceptions.forEach(part -> put(all.addArray(), part));
        }
    }

    static void putAudience(ObjectNode head, Audience audience) {
        put(head.putArray("to"), audience.part());
        putExceptions(head, audience.exceptions());
    }

    private static void put(ArrayNode into, Audience.Part part) {
        into.add(part.kind().name()).add(part.value());
    }

    List<Audience.Part> exceptions() {
        JsonNode all = head.path("but");
        if (all.isEmpty()) {
            return List.of();
        }
        List<Audience.Part> parts = new ArrayList<>(all.size());
        all.forEach(one -> part(one, parts));
        return List.copyOf(parts);
    }

    /** {@return whom it is for, or null if a later version of this knows more kinds} */
    @Nullable
    Audience audience() {
        List<Audience.Part> parts = new ArrayList<>(1);
        part(head.path("to"), parts);
        return parts.isEmpty() ? null : Audience.of(parts.get(0), exceptions());
    }

    private static void part(JsonNode pair, List<Audience.Part> into) {
        String kind = pair.path(0).asText();
        Arrays.stream(Audience.Kind.values())
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .ifPresent(
                        known -> into.add(new Audience.Part(known, pair.path(1).asText())));
    }
}
