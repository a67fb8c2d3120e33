package io.betrue.errors;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members of a problem while it is being put together: by its builder, by the parser or in another language. */
final class ProblemMembers {
    static final int MAX_TITLE = 200;
    private static final int MAX_EXTENSIONS = 100;

    /** The members that a problem has itself; an extension cannot have such a name. */
    static final Set<String> RESERVED = Set.of(
            "type", "title", "status", "detail", "instance", "code", "traceId", "retryAfter", "errors", "truncated");

    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final Duration LONGEST_WAIT = Duration.ofDays(366);

    final ErrorCode code;
    final List<FieldError> errors = new ArrayList<>(0);
    final Map<String, @Nullable Object> extensions = new LinkedHashMap<>(8);

    @Nullable
    URI type;

    String title;
    int status;

    @Nullable
    String detail;

    @Nullable
    URI instance;

    @Nullable
    String traceId;

    @Nullable
    Duration retryAfter;

    boolean truncated;

    ProblemMembers(ErrorCode code) {
        ErrorDefinition definition = code.definition();
        this.code = code;
        this.title = definition.title();
        this.status = definition.status();
    }

    void extend(String name, @Nullable Object value) {
        if (extensions.size() >= MAX_EXTENSIONS && !extensions.containsKey(name)) {
            throw new IllegalArgumentException(
                    "extension \"" + name + "\" is one more than the " + MAX_EXTENSIONS + " that a problem can have");
        }
        extensions.put(name, JsonValues.copy(name, value));
    }

    void add(FieldError error) {
        if (errors.size() < Problem.MAX_ERRORS) {
            errors.add(error);
        } else {
            truncated = true;
        }
    }

    static String extensionName(String name) {
        if (!EXTENSION.matcher(name).matches()) {
            throw new IllegalArgumentException("extension \"" + name
                    + "\" must be a letter followed by at most 62 letters, digits or underscores");
        }
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("extension \"" + name
                    + "\" is a member that every problem has; use the builder's own method or another name");
        }
        return name;
    }

    static int checkStatus(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status of a problem must be 400..599, was " + status);
        }
        return status;
    }

    static boolean isWait(Duration wait) {
        return !wait.isNegative() && wait.compareTo(LONGEST_WAIT) <= 0;
    }

    static Duration wholeSeconds(Duration wait) {
        if (!isWait(wait)) {
            throw new IllegalArgumentException("retryAfter must be 0 s to 366 days, was " + wait);
        }
        return Duration.ofSeconds(wait.getNano() == 0 ? wait.getSeconds() : wait.getSeconds() + 1);
    }
}
