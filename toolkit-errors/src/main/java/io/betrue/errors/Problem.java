package io.betrue.errors;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of a failure, as RFC 9457 describes it; this is what travels.
 *
 * <p>It never holds a {@link Throwable}. Two problems are equal when their bodies say the same. Immutable and safe for use by multiple
 * threads.
 */
public final class Problem {
    /** The media type of {@link #toJson()}: {@code application/problem+json}. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** How many field errors a problem keeps: {@value}; more are counted out and {@link #truncated()} says so. */
    public static final int MAX_ERRORS = 100;

    private final ErrorCode code;
    private final @Nullable URI type;
    private final String title;
    private final int status;
    private final @Nullable String detail;
    private final @Nullable URI instance;
    private final @Nullable String traceId;
    private final @Nullable Duration retryAfter;
    private final List<FieldError> errors;
    private final boolean truncated;
    private final Map<String, @Nullable Object> extensions;

    Problem(ProblemMembers members) {
        this.code = members.code;
        this.type = members.type;
        this.title = members.title;
        this.status = members.status;
        this.detail = members.detail;
        this.instance = members.instance;
        this.traceId = members.traceId;
        this.retryAfter = members.retryAfter;
        this.errors = List.copyOf(members.errors);
        this.truncated = members.truncated;
        this.extensions = members.extensions.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(members.extensions));
    }

    /**
     * Starts a problem.
     *
     * @param code the kind of failure
     * @return a builder for one occurrence
     */
    public static Builder of(ErrorCode code) {
        return new Builder(code);
    }

    /** {@return the kind of failure} */
    public ErrorCode code() {
        return code;
    }

    /** {@return the URI of the kind of failure; {@code /errors/CODE} unless a catalogue or a foreign server chose another} */
    public URI type() {
        return type == null ? URI.create(typeText()) : type;
    }

    String typeText() {
        return type == null ? ErrorCatalogue.DEFAULT_TYPE_BASE + code.name() : type.toString();
    }

    /** {@return the short text that is the same for every occurrence} */
    public String title() {
        return title;
    }

    /** {@return the HTTP status, 400 to 599} */
    public int status() {
        return status;
    }

    /** {@return the text of this occurrence, or null} */
    public @Nullable String detail() {
        return detail;
    }

    /** {@return a URI reference that names this occurrence, or null} */
    public @Nullable URI instance() {
        return instance;
    }

    /** {@return the W3C trace id, 32 lower-case hexadecimal digits, or null} */
    public @Nullable String traceId() {
        return traceId;
    }

    /** {@return how long to wait before another try, in whole seconds, or null} */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** {@return what is wrong with which part of the request, at most {@value #MAX_ERRORS}} */
    public List<FieldError> errors() {
        return errors;
    }

    /** {@return whether there were more field errors than are kept} */
    public boolean truncated() {
        return truncated;
    }

    /** {@return the members that the application added, in their order: JSON values only} */
    public Map<String, @Nullable Object> extensions() {
        return extensions;
    }

    /** {@return this problem as something to throw, of the type that {@link ErrorCode#exception} chooses} */
    public ProblemException toException() {
        return code.exception(this);
    }

    /** {@return the body in UTF-8} */
    public byte[] toJson() {
        return ProblemWriter.write(ProblemWriter.map(this), false);
    }

    /** {@return the body as nested maps and lists, for a caller that has its own JSON mapper} */
    public Map<String, @Nullable Object> toMap() {
        return ProblemWriter.map(this);
    }

    /**
     * {@return this problem under a trace id, unless it names one already}
     *
     * @param id a W3C trace id: 32 lower-case hexadecimal digits, not all zero
     * @throws IllegalArgumentException if it is not such an id
     */
    public Problem ofTrace(String id) {
        if (traceId != null) {
            return this;
        }
        ProblemMembers named = members();
        named.traceId = TraceId.check(id);
        return new Problem(named);
    }

    /** One line for a log or an exception: the code, and the detail or title. */
    String summary() {
        return code.name() + ": " + (detail == null ? title : detail);
    }

    ProblemMembers members() {
        ProblemMembers members = new ProblemMembers(code);
        members.type = type;
        members.title = title;
        members.status = status;
        members.detail = detail;
        members.instance = instance;
        members.traceId = traceId;
        members.retryAfter = retryAfter;
        members.errors.addAll(errors);
        members.truncated = truncated;
        members.extensions.putAll(extensions);
        return members;
    }

    private List<@Nullable Object> body() {
        List<@Nullable Object> body = new ArrayList<>();
        Collections.addAll(body, code.name(), type(), title, status, detail, instance, traceId, retryAfter, truncated);
        body.add(errors);
        body.add(extensions);
        return body;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Problem problem && body().equals(problem.body());
    }

    @Override
    public int hashCode() {
        return Objects.hash(code.name(), status, detail, traceId);
    }

    @Override
    public String toString() {
        return summary() + " (" + status + ")";
    }

    /** Builds one problem; not safe for use by multiple threads. */
    public static final class Builder {
        private final ProblemMembers members;
        private @Nullable String template;
        private Object[] arguments = {};
        private @Nullable Throwable cause;

        private Builder(ErrorCode code) {
            this.members = new ProblemMembers(code);
        }

        /**
         * Sets the text of this occurrence in place of the code's own.
         *
         * @param text a text in which {@code {name}} stands for an argument or, beyond those, for the extension of that name
         * @param args the values of the names, in order of their first appearance
         * @return this builder
         * @throws IllegalArgumentException if there are more arguments than names
         */
        public Builder detail(String text, @Nullable Object... args) {
            template = text;
            arguments = args;
            return this;
        }

        /**
         * Adds a member to the body, which is also a parameter of the detail.
         *
         * @param name the member's name: a letter, then letters, digits or underscores, at most 63 (RFC 9457 advises at least 3), and none that this class has
         *     itself
         * @param value null, a boolean, number, string, enum constant, UUID, URI, time, list or map of such
         * @return this builder
         * @throws IllegalArgumentException if the name or the kind of value is refused
         */
        public Builder with(String name, @Nullable Object value) {
            members.extend(ProblemMembers.extensionName(name), value);
            return this;
        }

        /**
         * Adds what is wrong with one part of the request.
         *
         * @param error the field error; after {@value #MAX_ERRORS} it is left out and the problem is marked as truncated
         * @return this builder
         */
        public Builder error(FieldError error) {
            members.add(error);
            return this;
        }

        /**
         * Says how long to wait before another try.
         *
         * @param wait zero to 366 days; rounded up to whole seconds
         * @return this builder
         * @throws IllegalArgumentException if the wait is out of range
         */
        public Builder retryAfter(Duration wait) {
            members.retryAfter = ProblemMembers.wholeSeconds(wait);
            return this;
        }

        /**
         * Keeps what went wrong beneath, for the log only: it is the cause of {@link #toException()} and no part of the problem.
         *
         * @param cause what was caught
         * @return this builder
         */
        public Builder cause(Throwable cause) {
            this.cause = cause;
            return this;
        }

        /**
         * Names the trace that this occurrence belongs to.
         *
         * @param traceId a W3C trace id: 32 lower-case hexadecimal digits, not all zero
         * @return this builder
         * @throws IllegalArgumentException if it is not such an id
         */
        public Builder traceId(String traceId) {
            members.traceId = TraceId.check(traceId);
            return this;
        }

        /**
         * Names this occurrence.
         *
         * @param instance a URI reference
         * @return this builder
         */
        public Builder instance(URI instance) {
            members.instance = instance;
            return this;
        }

        /**
         * Sets another HTTP status than the code's own, for statuses that have no code.
         *
         * @param status 400 to 599
         * @return this builder
         * @throws IllegalArgumentException if the status is out of range
         */
        public Builder status(int status) {
            members.status = ProblemMembers.checkStatus(status);
            return this;
        }

        /** {@return the problem} */
        public Problem build() {
            String text = template == null
                    ? Templates.render(members.code.definition().detail(), members)
                    : Templates.render(template, arguments, members);
            members.detail = text == null ? null : Text.clean(text, JsonValues.MAX_TEXT);
            return new Problem(members);
        }

        /** {@return the problem as something to throw, with the cause if there is one} */
        public ProblemException toException() {
            ProblemException exception = build().toException();
            if (cause != null) {
                exception.initCause(cause);
            }
            return exception;
        }
    }
}
