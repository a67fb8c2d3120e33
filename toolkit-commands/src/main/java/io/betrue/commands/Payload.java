package io.betrue.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.schema.Schema;
import io.betrue.schema.Schemas;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The input or output of a command: an object of this process, or the JSON that another process wrote. It turns into what is asked for, once, and not before. Used by
 * one thread at a time.
 */
public final class Payload {
    private static final Schema ANYTHING =
            Schemas.load(schemas -> schemas.json("anything", "{}")).get("anything");
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private @Nullable Object value;
    private @Nullable JsonNode tree;
    private byte @Nullable [] json;

    private Payload(@Nullable Object value, byte @Nullable [] json) {
        this.value = value;
        this.json = json;
    }

    /**
     * {@return an object of this process}
     *
     * @param value a record, or a {@link JsonNode}, which nobody changes from now on
     */
    public static Payload of(Object value) {
        return new Payload(value, null);
    }

    /**
     * {@return JSON that came from outside}
     *
     * @param json UTF-8, not copied; no bytes at all stand for an object without members
     */
    public static Payload ofJson(byte[] json) {
        return new Payload(null, json.length == 0 ? EMPTY_OBJECT : json);
    }

    /** {@return whether it came from outside, so that nothing is known about it} */
    public boolean isForeign() {
        return value == null;
    }

    /** {@return how many bytes came from outside; zero if none did} */
    int foreignSize() {
        byte[] bytes = json;
        return value != null || bytes == null ? 0 : bytes.length;
    }

    /**
     * {@return the payload as a tree, which nobody may change}
     *
     * @param mapper turns objects into trees
     * @throws ProblemException MALFORMED_JSON if it is not JSON, or beyond the limits of {@link Schema#read(byte[])}
     */
    public JsonNode tree(ObjectMapper mapper) {
        JsonNode known = tree;
        if (known == null) {
            known = value instanceof JsonNode node
                    ? node
                    : value != null ? mapper.valueToTree(value) : ANYTHING.read(bytes(mapper));
            tree = known;
        }
        return known;
    }

    /**
     * {@return the payload as an object}
     *
     * @param type the class of the object
     * @param mapper reads trees
     * @param <T> the class of the object
     * @throws ProblemException MALFORMED_JSON if it is not JSON, VALIDATION_FAILED if it does not fit the class
     */
    public <T> T as(Class<T> type, ObjectMapper mapper) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        JsonNode node = tree(mapper);
        if (type.isInstance(node)) {
            return type.cast(node);
        }
        try {
            return mapper.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw misfit(e);
        }
    }

    private static ProblemException misfit(JsonProcessingException e) {
        Problem.Builder problem = StandardError.VALIDATION_FAILED.problem().cause(e);
        if (e instanceof JsonMappingException mapping) {
            problem.error(FieldError.body(pointer(mapping.getPath()), "INVALID"));
        }
        return problem.toException();
    }

    private static String pointer(List<JsonMappingException.Reference> path) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            String name = step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName();
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    /**
     * {@return the payload as JSON in UTF-8, which nobody may change}
     *
     * @param mapper writes objects
     * @throws IllegalStateException if the object cannot be written
     */
    public byte[] bytes(ObjectMapper mapper) {
        byte[] known = json;
        if (known == null) {
            try {
                known = mapper.writeValueAsBytes(tree == null ? value : tree);
            } catch (IOException e) {
                String what = value == null ? "nothing" : value.getClass().getName();
                throw new IllegalStateException("cannot write a payload of " + what + " as JSON", e);
            }
            json = known;
        }
        return known;
    }
}
