package io.betrue.errors;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One occurrence of a failure, as RFC 9457 describes it.
 *
 * @param code what kind of failure it is
 * @param extensions the members that the application added
 */
public record Problem(ErrorCode code, Map<String, Object> extensions) {
    static Builder of(ErrorCode code) {
        return new Builder(code);
    }

    /** Builds a problem. */
    public static final class Builder {
        private final ErrorCode code;
        private final Map<String, Object> extensions = new LinkedHashMap<>();

        private Builder(ErrorCode code) {
            this.code = code;
        }

        /**
         * Adds a member to the body, which is also a parameter of the detail.
         *
         * @param name the member's name
         * @param value the member's value
         * @return this builder
         */
        public Builder with(String name, Object value) {
            extensions.put(name, value);
            return this;
        }

        /** {@return the problem} */
        public Problem build() {
            return new Problem(code, Map.copyOf(extensions));
        }

        /** {@return the problem as something to throw} */
        public ProblemException toException() {
            return new ProblemException(build());
        }
    }
}
