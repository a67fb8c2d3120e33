package io.betrue.commands.hub;

import io.betrue.commands.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whom a message is for, on whichever node they are connected. Immutable.
 * <pre>{@code
 * hub.send(Audience.room("room/7").except(Audience.user("anna")), "chat/said", message);
 * }</pre>
 */
public final class Audience {
    /** How many exceptions there may be: {@value}. */
    public static final int MAX_EXCEPTIONS = 100;

    private static final int MAX_VALUE = 200;
    private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9_:/@.-]{1,100}");

    /** What is compared. */
    enum Kind {
        ALL,
        USER,
        SESSION,
        ROOM,
        TAG
    }

    /** One condition. */
    record Part(Kind kind, String value) {}

    private final Part part;
    private final List<Part> exceptions;

    private Audience(Part part, List<Part> exceptions) {
        this.part = part;
        this.exceptions = exceptions;
    }

    private static Audience of(Kind kind, String value) {
        if (value.isBlank() || value.length() > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "an audience is named by 1.." + MAX_VALUE + " characters, had " + value.length());
        }
        return new Audience(new Part(kind, value), List.of());
    }

    static Audience of(Part part, List<Part> exceptions) {
        return new Audience(part, List.copyOf(exceptions));
    }

    /** {@return every connection that a hub knows} */
    public static Audience all() {
        return new Audience(new Part(Kind.ALL, ""), List.of());
    }

    /**
     * {@return all connections of a user}
     *
     * @param id the {@linkplain Principal#id() id} of the principal
     * @throws IllegalArgumentException if it is blank or longer than 200 characters
     */
    public static Audience user(String id) {
        return of(Kind.USER, id);
    }

    /**
     * {@return one connection}
     *
     * @param id its {@linkplain io.betrue.commands.Connection#id() name}
     * @throws IllegalArgumentException if it is blank or longer than 200 characters
     */
    public static Audience session(String id) {
        return of(Kind.SESSION, id);
    }

    /**
     * {@return all connections in a room; the only audience with an order over all nodes, a history and positions}
     *
     * @param name 1 to 100 letters, digits and {@code _ : / @ . -}
     * @throws IllegalArgumentException if the name is malformed
     */
    public static Audience room(String name) {
        if (!isRoom(name)) {
            throw new IllegalArgumentException("name of a room must be 1..100 letters, digits and _ : / @ . -, had "
                    + name.length() + " characters");
        }
        return of(Kind.ROOM, name);
    }

    static boolean isRoom(String name) {
        return ROOM.matcher(name).matches();
    }

    /**
     * {@return all connections that carry a tag}
     *
     * @param name a tag of those that {@link Admission#tags} gave
     * @throws IllegalArgumentException if it is blank or longer than 200 characters
     */
    public static Audience tag(String name) {
        return of(Kind.TAG, name);
    }

    /**
     * {@return this audience without others}
     *
     * @param others whom to leave out; their own exceptions do not count
     * @throws IllegalArgumentException if there are more than {@value #MAX_EXCEPTIONS}
     */
    public Audience except(Audience... others) {
        List<Part> all = new ArrayList<>(exceptions);
        for (Audience other : others) {
            all.add(other.part);
        }
        if (all.size() > MAX_EXCEPTIONS) {
            throw new IllegalArgumentException(
                    "an audience has at most " + MAX_EXCEPTIONS + " exceptions, had " + all.size());
        }
        return new Audience(part, List.copyOf(all));
    }

    Part part() {
        return part;
    }

    List<Part> exceptions() {
        return exceptions;
    }

    /** {@return the kind alone: names may be private} */
    @Override
    public String toString() {
        return "Audience[" + part.kind + (exceptions.isEmpty() ? "]" : " but " + exceptions.size() + "]");
    }
}
