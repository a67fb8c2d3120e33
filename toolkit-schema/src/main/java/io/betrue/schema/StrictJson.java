package io.betrue.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads JSON that a stranger sent: UTF-8 without a byte order mark, one value, no name twice, nothing deeper or longer than the limits (RFC 8259). */
final class StrictJson {
    private static final Limits LIMITS = Limits.DEFAULT;
    private static final int LONGEST_NAME = 1000;
    private static final char REPLACEMENT = '\uFFFD';
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(LIMITS.depth() + 1) // one more, so that our own sentence is told
                    .maxNameLength(Integer.MAX_VALUE) // these two are counted here
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    static JsonNode read(byte[] body) throws Refusal {
        String text = utf8(body);
        if (text == null) {
            throw new Refusal(StandardError.MALFORMED_JSON.problem().detail("The body is not valid UTF-8."));
        }
        return read(text);
    }

    /** The text; null if it is not valid UTF-8. Java replaces what is not, so a text without replacements needs no second look. */
    static @Nullable String utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) >= 0 && !isUtf8(bytes) ? null : text;
    }

    static JsonNode read(String text) throws Refusal {
        try (JsonParser parser = FACTORY.createParser(text)) {
            StrictJson reader = new StrictJson(parser);
            if (parser.nextToken() == null) {
                throw reader.malformed(parser.currentLocation());
            }
            JsonNode value = reader.value(0);
            if (parser.nextToken() != null) {
                throw reader.malformed(parser.currentTokenLocation());
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new Refusal(at(e.getLocation()));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot fail to be read", e);
        }
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private JsonNode value(int depth) throws IOException, Refusal {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(deeper(depth));
            case START_ARRAY -> array(deeper(depth));
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw malformed(parser.currentTokenLocation());
        };
    }

    private static int deeper(int depth) throws Refusal {
        if (depth >= LIMITS.depth()) {
            throw new Refusal(StandardError.MALFORMED_JSON
                    .problem()
                    .detail("The body nests deeper than {depth} levels.", LIMITS.depth()));
        }
        return depth + 1;
    }

    private ObjectNode object(int depth) throws IOException, Refusal {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (name.length() > LONGEST_NAME) {
                throw new Refusal(StandardError.MALFORMED_JSON
                        .problem()
                        .detail("The body has a name of more than {characters} characters.", LONGEST_NAME));
            }
            parser.nextToken();
            if (object.replace(name, value(depth)) != null) {
                String pointer = parser.getParsingContext().pathAsPointer().toString();
                throw new Refusal(StandardError.MALFORMED_JSON
                        .problem()
                        .detail("The body has a member twice.")
                        .error(FieldError.body(pointer, "DUPLICATE").detail("must not stand here twice")));
            }
        }
        return object;
    }

    private ArrayNode array(int depth) throws IOException, Refusal {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(depth));
        }
        return array;
    }

    private JsonNode integer() throws IOException, Refusal {
        checkLength();
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private JsonNode decimal() throws IOException, Refusal {
        checkLength();
        BigDecimal value = exact();
        long scale = value.scale();
        long digits = scale <= 0 ? value.precision() - scale : Math.max(value.precision(), scale + 1);
        if (digits > LIMITS.numberLength()) { // a short text may stand for a number that nobody can calculate with
            throw tooLong();
        }
        return NODES.numberNode(value);
    }

    /** The value of a number; an exponent of ten digits is beyond what Java can hold. */
    private BigDecimal exact() throws IOException, Refusal {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException | JsonProcessingException e) {
            throw tooLong();
        }
    }

    private void checkLength() throws IOException, Refusal {
        if (parser.getTextLength() > LIMITS.numberLength()) {
            throw tooLong();
        }
    }

    private Refusal tooLong() {
        JsonLocation at = parser.currentTokenLocation();
        return new Refusal(at(at).detail("The body has a number of more than {digits} digits.", LIMITS.numberLength()));
    }

    private Refusal malformed(JsonLocation at) {
        return new Refusal(at(at));
    }

    private static Problem.Builder at(JsonLocation location) {
        JsonLocation known = location == null ? JsonLocation.NA : location;
        return StandardError.MALFORMED_JSON
                .problem()
                .with("line", Math.max(1, known.getLineNr()))
                .with("column", Math.max(1, known.getColumnNr()));
    }
}
