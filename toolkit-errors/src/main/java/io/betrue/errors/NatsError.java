package io.betrue.errors;

import java.util.Map;

/**
 * A problem as the headers of a NATS service's answer; the body beside them is {@link Problem#toJson()}.
 *
 * @param code the value of {@code Nats-Service-Error-Code}
 * @param text the value of {@code Nats-Service-Error}: printable ASCII, at most 256 characters
 */
public record NatsError(int code, String text) {
    /** The header that says what is wrong: {@value}. */
    public static final String TEXT_HEADER = "Nats-Service-Error";

    /** The header that says what is wrong as a number: {@value}. */
    public static final String CODE_HEADER = "Nats-Service-Error-Code";

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

    /** {@return the two headers} */
    public Map<String, String> headers() {
        return Map.of(TEXT_HEADER, text, CODE_HEADER, Integer.toString(code));
    }
}
