package io.betrue.commands.ws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One message of a client. The input of a call is cut out as it was written, so that it is read where that of every transport is, under the same limits. Used by one
 * thread.
 */
final class Message {
    private static final long MAX_ID = (1L << 53) - 1;
    private static final long LONGEST = 3_600_000;
    private static final byte[] NOTHING = {};
    private static final byte[] BROKEN = {'}'}; // whatever came, no handler sees it

    // what is in the input is none of its business: any depth, any number
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private enum Member {
        ID,
        CALL,
        INPUT,
        HEADERS,
        TIMEOUT,
        CANCEL,
        AUTH,
        PING,
        PONG
    }

    private static final Set<Member> OF_A_CALL =
            EnumSet.of(Member.ID, Member.CALL, Member.INPUT, Member.HEADERS, Member.TIMEOUT);

    private final byte[] json;
    private final Set<Member> members = EnumSet.noneOf(Member.class);
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable Long id;
    private @Nullable Long timeout;
    private @Nullable String text;
    private long beat;
    private byte[] input = NOTHING;
    private int inputAt = -1;

    /** What a message wants. */
    enum Kind {
        CALL,
        CANCEL,
        AUTH,
        PING,
        PONG
    }

    /**
     * Starts to read a message.
     *
     * @param json the message in UTF-8
     */
    Message(byte[] json) {
        this.json = json;
    }

    /** {@return the number of the call that the message is about, as soon as it is read} */
    @Nullable
    Long id() {
        return id;
    }

    long knownId() {
        return id == null ? -1 : id;
    }

    /** {@return the address to call, or the token} */
    @Nullable
    String text() {
        return text;
    }

    /** {@return the milliseconds that a call may take, or null} */
    @Nullable
    Long timeout() {
        return timeout;
    }

    /** {@return the headers of a call, with names in lower case} */
    Map<String, String> headers() {
        return headers;
    }

    /** {@return the input of a call, as it was written; empty if there is none} */
    byte[] input() {
        return input;
    }

    /** {@return the number of a ping} */
    long beat() {
        return beat;
    }

    /**
     * Reads the message.
     *
     * @return what it wants
     * @throws ProblemException MALFORMED_JSON or BAD_REQUEST
     */
    Kind read() {
        try (JsonParser parser = FACTORY.createParser(json)) {
            try {
                return read(parser);
            } catch (JsonProcessingException e) {
                return broken(parser);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory could not be read", e);
        }
    }

    private Kind read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw refused("A message is one JSON object.");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Member member = member(parser.currentName());
            parser.nextToken();
            read(member, parser);
        }
        if (parser.nextToken() != null) {
            throw refused("A message is one JSON object and nothing behind it.");
        }
        return kind();
    }

    /** What breaks in or behind the input of a call is for those to judge who read inputs: the caller gets the same answer as on every transport. */
    private Kind broken(JsonParser parser) throws IOException {
        boolean inInput = inputAt >= 0 || "input".equals(parser.currentName());
        if (!inInput || !members.containsAll(Set.of(Member.ID, Member.CALL)) || !OF_A_CALL.containsAll(members)) {
            throw StandardError.MALFORMED_JSON
                    .problem()
                    .detail("The message is not valid JSON.")
                    .toException();
        }
        int from = inputAt >= 0 ? inputAt : (int) parser.currentLocation().getByteOffset();
        byte[] rest = Arrays.copyOfRange(json, Math.min(from, json.length), json.length);
        input = rest.length == 0 || isOneValue(rest) ? BROKEN : rest;
        return Kind.CALL;
    }

    private Member member(String name) {
        for (Member member : Member.values()) {
            if (member.name().toLowerCase(Locale.ROOT).equals(name)) {
                if (!members.add(member)) {
                    throw refused("A message has the member {member} once at most.", name);
                }
                return member;
            }
        }
        throw refused("A message has a member that means nothing here.");
    }

    private void read(Member member, JsonParser parser) throws IOException {
        switch (member) {
            case ID -> id = whole("id", 0, MAX_ID, parser);
            case CALL -> text = string("call", parser);
            case INPUT -> input = slice(parser);
            case HEADERS -> readHeaders(parser);
            case TIMEOUT -> timeout = whole("timeout", 1, LONGEST, parser);
            case CANCEL -> {
                if (parser.currentToken() != JsonToken.VALUE_TRUE) {
                    throw refused("The member cancel is true where it is.");
                }
            }
            case AUTH -> text = parser.currentToken() == JsonToken.VALUE_NULL ? null : string("auth", parser);
            case PING -> beat = whole("ping", 0, MAX_ID, parser);
            case PONG -> beat = whole("pong", 0, MAX_ID, parser);
        }
    }

    private void readHeaders(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw refused("The member headers is an object of texts.");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName().toLowerCase(Locale.ROOT);
            parser.nextToken();
            if (headers.put(name, string("headers", parser)) != null) {
                throw refused("A message has each header once at most.");
            }
        }
    }

    private static String string(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw refused("The member {member} needs a text.", name);
        }
        return parser.getText();
    }

    private static long whole(String name, long least, long most, JsonParser parser) throws IOException {
        boolean fits = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getTextLength() <= 16
                && parser.getLongValue() >= least
                && parser.getLongValue() <= most;
        if (!fits) {
            throw refused("The member {member} is a whole number from " + least + " to " + most + ".", name);
        }
        return parser.getLongValue();
    }

    private byte[] slice(JsonParser parser) throws IOException {
        inputAt = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return Arrays.copyOfRange(json, inputAt, (int) parser.currentLocation().getByteOffset());
    }

    private Kind kind() {
        if (members.containsAll(Set.of(Member.ID, Member.CALL)) && OF_A_CALL.containsAll(members)) {
            return Kind.CALL;
        }
        if (members.equals(EnumSet.of(Member.ID, Member.CANCEL))) {
            return Kind.CANCEL;
        }
        for (Kind kind : Set.of(Kind.AUTH, Kind.PING, Kind.PONG)) {
            if (members.equals(EnumSet.of(Member.valueOf(kind.name())))) {
                return kind;
            }
        }
        throw refused("A message is a call, a cancel, an auth, a ping or a pong.");
    }

    /** {@return whether these bytes are one JSON value: what another process sent is not passed on unseen} */
    static boolean isOneValue(byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    static ProblemException refused(String detail, Object... parameters) {
        return StandardError.BAD_REQUEST.problem().detail(detail, parameters).toException();
    }
}
