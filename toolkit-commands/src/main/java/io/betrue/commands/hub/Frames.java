package io.betrue.commands.hub;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.betrue.commands.Push;

/** Writes what clients get. */
final class Frames {
    private Frames() {}

    /** An event that has no place in a room. */
    static Push event(String event, String data) {
        StringBuilder json = begin(event, data);
        return end(json, data);
    }

    /** An event with its place. */
    static Push event(String event, String room, long offset, String epoch, String data) {
        StringBuilder json = begin(event, data);
        member(json.append(','), "room", room);
        json.append(",\"offset\":").append(offset);
        member(json.append(','), "epoch", epoch);
        return end(json, data);
    }

    static Push joined(Joined joined) {
        StringBuilder json = new StringBuilder(200).append('{');
        member(json, "event", "_hub/joined");
        member(json.append(','), "joined", joined.room());
        json.append(",\"recovered\":").append(joined.recovered());
        json.append(",\"offset\":").append(joined.offset());
        member(json.append(','), "epoch", joined.epoch());
        return Push.ofJson(
                json.append(",\"missed\":").append(joined.missed()).append('}').toString());
    }

    static Push left(String room) {
        StringBuilder json = new StringBuilder().append('{');
        member(json, "event", "_hub/left");
        member(json.append(','), "left", room);
        return Push.ofJson(json.append('}').toString());
    }

    private static StringBuilder begin(String event, String data) {
        StringBuilder json = new StringBuilder(data.length() + 160).append('{');
        member(json, "event", event);
        return json;
    }

    private static Push end(StringBuilder json, String data) {
        return Push.ofJson(json.append(",\"data\":").append(data).append('}').toString());
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append('"').append(name).append("\":\"");
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        json.append('"');
    }
}
