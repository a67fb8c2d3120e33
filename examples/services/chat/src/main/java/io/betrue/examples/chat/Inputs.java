package io.betrue.examples.chat;

import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.betrue.examples.chat.api.HistoryQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Understands what callers sent, and collects every fault before it refuses. For one request, by one thread. */
final class Inputs {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

    private final List<FieldError> errors = new ArrayList<>();

    UUID id(String pointer, @Nullable UUID id) {
        if (id == null) {
            errors.add(FieldError.body(pointer, "REQUIRED"));
            return NOBODY;
        }
        return id;
    }

    /** Notes a text that is blank, longer than so many characters, or holds what no text of PostgreSQL can. */
    String text(String pointer, @Nullable String text, int maximum) {
        return text(pointer, text, 1, maximum);
    }

    String text(String pointer, @Nullable String text, int minimum, int maximum) {
        if (text == null) {
            errors.add(FieldError.body(pointer, "REQUIRED"));
            return "";
        }
        if (text.isBlank() && minimum > 0) {
            errors.add(FieldError.body(pointer, "TOO_SHORT").with("minimum", 1));
        } else if (text.codePointCount(0, text.length()) > maximum) {
            errors.add(FieldError.body(pointer, "TOO_LONG").with("maximum", maximum));
        } else if (text.indexOf('\0') >= 0) {
            errors.add(FieldError.body(pointer, "INVALID"));
        }
        return text;
    }

    /** Notes what is no list of so many ids, each of them once. */
    List<UUID> ids(String pointer, @Nullable List<UUID> ids, int maximum) {
        if (ids == null) {
            return List.of();
        }
        if (ids.size() > maximum) {
            errors.add(FieldError.body(pointer, "TOO_LONG").with("maximum", maximum));
        } else if (new HashSet<>(ids).size() < ids.size()) {
            errors.add(FieldError.body(pointer, "INVALID"));
        }
        return ids;
    }

    int limit(@Nullable Integer limit) {
        if (limit == null) {
            return HistoryQuery.DEFAULT_LIMIT;
        }
        if (limit < 1) {
            errors.add(FieldError.body("/limit", "TOO_SMALL").with("minimum", 1));
        } else if (limit > HistoryQuery.MAXIMUM_LIMIT) {
            errors.add(FieldError.body("/limit", "TOO_LARGE").with("maximum", HistoryQuery.MAXIMUM_LIMIT));
        }
        return limit;
    }

    long number(String pointer, @Nullable Long number) {
        if (number == null) {
            errors.add(FieldError.body(pointer, "REQUIRED"));
            return 0;
        }
        if (number < 0) {
            errors.add(FieldError.body(pointer, "TOO_SMALL").with("minimum", 0));
        }
        return number;
    }

    @Nullable
    Long optional(String pointer, @Nullable Long number) {
        return number == null ? null : Long.valueOf(number(pointer, number));
    }

    /** {@return the room behind which the page begins, or null} */
    @Nullable
    UUID cursor(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            errors.add(FieldError.body("/cursor", "INVALID"));
            return null;
        }
    }

    /** Notes a key that is not 1 to 128 visible ASCII characters. */
    void key(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            errors.add(FieldError.header("Idempotency-Key", "INVALID_FORMAT")
                    .with("expected", "1 to 128 visible ASCII characters"));
        }
    }

    void refuse(FieldError error) {
        errors.add(error);
    }

    void refuseFaults() {
        if (!errors.isEmpty()) {
            Problem.Builder problem = StandardError.VALIDATION_FAILED.problem();
            errors.forEach(problem::error);
            throw problem.toException();
        }
    }
}
