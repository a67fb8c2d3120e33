package io.betrue.jobs.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.JobException;

/** Writes and reads what events carry. Safe for use by multiple threads. */
final class EventCodec {
    private static final int LARGEST = 1024 * 1024;

    private final ObjectMapper mapper;

    EventCodec(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    String write(EventType<?> type, Object event) {
        String json;
        try {
            json = mapper.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new JobException(
                    "event of type " + type + " cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
        if (json.length() > LARGEST) {
            throw new JobException("event of type " + type + " must have at most " + LARGEST
                    + " characters as JSON, had " + json.length() + "; keep it elsewhere and carry its address");
        }
        return json;
    }

    <T> T read(EventType<T> type, String json) {
        T event;
        try {
            event = mapper.readValue(json, type.event());
        } catch (JsonProcessingException e) {
            throw new JobException(
                    "event of type " + type + " cannot be read as "
                            + type.event().getSimpleName() + ": " + e.getOriginalMessage(),
                    e);
        }
        if (event == null) {
            throw new JobException("event of type " + type + " is null");
        }
        return event;
    }
}
