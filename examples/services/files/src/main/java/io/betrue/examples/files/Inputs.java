package io.betrue.examples.files;

import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.betrue.examples.files.api.FilesQuery;
import java.util.ArrayList;
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

    List<UUID> ids(String pointer, @Nullable List<UUID> ids, int most) {
        if (ids == null || ids.isEmpty()) {
            errors.add(FieldError.body(pointer, "REQUIRED"));
            return List.of();
        }
        if (ids.size() > most) {
            errors.add(FieldError.body(pointer, "TOO_LONG").with("maximum", most));
        }
        return ids;
    }

    /** {@return what the input says, else what the stream says} */
    @Nullable
    String text(String pointer, @Nullable String text, @Nullable String otherwise, int maximum) {
        if (text != null && text.codePointCount(0, text.length()) > maximum) {
            errors.add(FieldError.body(pointer, "TOO_LONG").with("maximum", maximum));
        }
        return text == null ? otherwise : text;
    }

    /** Notes a key that is not 1 to 128 visible ASCII characters; {@return the key} */
    @Nullable
    String key(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            errors.add(FieldError.header("Idempotency-Key", "INVALID_FORMAT")
                    .with("expected", "1 to 128 visible ASCII characters"));
        }
        return key;
    }

    int limit(@Nullable Integer limit) {
        if (limit == null) {
            return FilesQuery.DEFAULT_LIMIT;
        }
        if (limit < 1) {
            errors.add(FieldError.body("/limit", "TOO_SMALL").with("minimum", 1));
        } else if (limit > FilesQuery.MAXIMUM_LIMIT) {
            errors.add(FieldError.body("/limit", "TOO_LARGE").with("maximum", FilesQuery.MAXIMUM_LIMIT));
        }
        return limit;
    }

    /** {@return behind which file the page begins} */
    Cursor cursor(@Nullable String cursor) {
        if (cursor == null) {
            return Cursor.START;
        }
        try {
            return Cursor.parse(cursor);
        } catch (IllegalArgumentException e) {
            errors.add(FieldError.body("/cursor", "INVALID"));
            return Cursor.START;
        }
    }

    void refuseFaults() {
        if (!errors.isEmpty()) {
            Problem.Builder problem = StandardError.VALIDATION_FAILED.problem();
            errors.forEach(problem::error);
            throw problem.toException();
        }
    }
}
