package io.betrue.commands.hub.nats;

import java.util.regex.Pattern;

/** Where things are on the server: all below one namespace. */
final class Subjects {
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9_-]{1,50}");

    final String stream;
    /** What the stream keeps. */
    final String kept;
    /** What the server sends on of what it kept. */
    final String live;

    final String epoch;
    final String liveEpoch;
    final String all;
    private final String prefix;

    Subjects(String namespace) {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException("namespace must be 1..50 letters, digits, _ and -, was " + namespace);
        }
        prefix = namespace + ".hub.";
        stream = namespace + "-rooms";
        kept = prefix + "kept.>";
        live = prefix + "live.>";
        epoch = prefix + "kept.epoch";
        liveEpoch = prefix + "live.epoch";
        all = prefix + "all";
    }

    String room(String name) {
        return prefix + "kept.room." + token(name);
    }

    String liveRoom(String name) {
        return prefix + "live.room." + token(name);
    }

    String node(String name) {
        return prefix + "node." + name;
    }

    /** A dot would end the token. No name of a room has an equals sign. */
    private static String token(String room) {
        return room.replace(".", "=2E");
    }

    /** {@return the room of a subject that the server sent on} */
    String ofLive(String subject) {
        return subject.substring(prefix.length() + "live.room.".length()).replace("=2E", ".");
    }
}
