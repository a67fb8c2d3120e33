package io.betrue.errors;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A problem as the headers of a NATS service's answer; the body beside them is {@link Problem#toJson()}.
 *
 * @param code the value of {@code Nats-Service-Error-Code}
 * @param text the value of {@code Nats-Service-Error}; what is not printable ASCII becomes a question mark, at most 256 characters
 */
public record NatsError(int code, String text) {
    /** The header that says what is wrong: {@value}. */
    public static final String TEXT_HEADER = "Nats-Service-Error";

    /** The header that says what is wrong as a number: {@value}. */
    public static final String CODE_HEADER = "Nats-Service-Error-Code";

    private static final int MAX_TEXT = 256;
    private static final int UNKNOWN = 500;

    /**
     * Makes the text fit for a header.
     *
     * @param code the number
     * @param text the text
     */
    public NatsError {
        text = Text.ascii(text, MAX_TEXT);
    }

    /**
     * Says which headers a problem needs.
     *
     * @param problem the problem
     * @return the NATS code of its definition and a text {@code CODE: title}
     */
    public static NatsError of(Problem problem) {
        return new NatsError(
                problem.code().definition().natsCode(), problem.code().name() + ": " + problem.title());
    }

    /**
     * Reads the headers of an answer.
     *
     * @param headers gives the value of a header, or null if it is absent
     * @return the error, or null if the answer has neither header; a number that cannot be read becomes 500
     */
    public static @Nullable NatsError ofHeaders(Function<String, @Nullable String> headers) {
        String number = headers.apply(CODE_HEADER);
        String text = headers.apply(TEXT_HEADER);
        return number == null && text == null ? null : new NatsError(parse(number), text == null ? "" : text);
    }

    private static int parse(@Nullable String number) {
        try {
            return number == null ? UNKNOWN : Integer.parseInt(number.strip());
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }

    /** {@return the two headers} */
    public Map<String, String> headers() {
        return Map.of(TEXT_HEADER, text, CODE_HEADER, Integer.toString(code));
    }
}
