package io.betrue.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client is told that did not ask: one JSON object, written once however many {@link Connection}s it is sent over. Immutable and safe for use by multiple threads.
 */
public final class Push {
    private final String json;
    private final int size;

    private Push(String json) {
        this.json = json;
        this.size = utf8(json);
    }

    private static int utf8(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // a surrogate is half of four bytes
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /**
     * {@return an event: <code>{"event": "chat/said", "data": {"text": "hello"}}</code>}
     *
     * @param name what happened
     * @param data what belongs to it
     * @param mapper writes the data
     * @throws IllegalArgumentException if the data cannot be written
     */
    public static Push event(String name, Payload data, ObjectMapper mapper) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("event", name);
        members.put("data", data.tree(mapper));
        try {
            return new Push(mapper.writeValueAsString(members));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("data of the event " + name + " cannot be written as JSON", e);
        }
    }

    /**
     * {@return a message that is written already}
     *
     * @param json one JSON object, not checked
     */
    public static Push ofJson(String json) {
        return new Push(json);
    }

    /** {@return the JSON} */
    public String json() {
        return json;
    }

    /** {@return how many bytes it has in UTF-8} */
    public int size() {
        return size;
    }

    /** {@return the size alone} */
    @Override
    public String toString() {
        return "Push of " + size + " bytes";
    }
}
