package io.betrue.errors;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads RFC 9457 bodies, ours and foreign ones.
 *
 * <p>A member of the wrong JSON type or form is left out, as section 3.1 of the RFC wants it.
 */
final class ProblemReader {
    private static final URI ABOUT_BLANK = URI.create("about:blank");
    private static final int MAX_URI = 2048;

    /** Left out, since a page may make a link of the type. */
    private static final Set<String> ACTIVE_SCHEMES = Set.of("javascript", "data", "vbscript");

    private static final String DEFAULT_FIELD_CODE = "INVALID";

    private final ErrorCatalogue catalogue;
    private final Map<String, @Nullable Object> body;

    private ProblemReader(ErrorCatalogue catalogue, Map<String, @Nullable Object> body) {
        this.catalogue = catalogue;
        this.body = body;
    }

    /** Reads a body; the status of the response counts where the body does not say one. */
    static Problem read(ErrorCatalogue catalogue, byte[] json, int responseStatus) throws ProblemFormatException {
        Map<String, @Nullable Object> body = JsonReader.readObject(json);
        try {
            return new ProblemReader(catalogue, body).problem(responseStatus);
        } catch (IllegalArgumentException e) {
            throw new ProblemFormatException("body is beyond the limits of a problem: " + e.getMessage(), e);
        }
    }

    private Problem problem(int responseStatus) {
        Integer status = status();
        ProblemMembers members = new ProblemMembers(code(status == null ? responseStatus : status));
        members.status = status != null ? status : isError(responseStatus) ? responseStatus : members.status;
        members.title = title(members.title);
        URI type = uri("type");
        members.type = type == null ? ABOUT_BLANK : type;
        String detail = text(body.get("detail"));
        members.detail = detail == null ? null : Text.clean(detail, JsonValues.MAX_TEXT);
        members.instance = uri("instance");
        String traceId = text(body.get("traceId"));
        members.traceId = traceId != null && TraceId.isValid(traceId) ? traceId : null;
        members.retryAfter = retryAfter();
        readErrors(members);
        members.truncated |= Boolean.TRUE.equals(body.get("truncated"));
        body.forEach((name, value) -> {
            if (!ProblemMembers.RESERVED.contains(name)) {
                members.extend(Text.clean(name, Text.MAX_NAME), value);
            }
        });
        return new Problem(members);
    }

    private ErrorCode code(int status) {
        String name = text(body.get("code"));
        if (name == null || !ForeignCode.isName(name)) {
            return StandardError.ofStatus(status);
        }
        ErrorDefinition standard = StandardError.ofStatus(status).definition();
        ErrorDefinition guess =
                ErrorDefinition.of(isError(status) ? status : standard.status(), title(standard.title()));
        return catalogue.find(name).orElseGet(() -> new ForeignCode(name, guess));
    }

    private static boolean isError(int status) {
        return status >= 400 && status <= 599;
    }

    private @Nullable Integer status() {
        return body.get("status") instanceof Integer status && isError(status) ? status : null;
    }

    private String title(String otherwise) {
        String title = text(body.get("title"));
        return title == null || title.isBlank() ? otherwise : Text.clean(title, ProblemMembers.MAX_TITLE);
    }

    private @Nullable Duration retryAfter() {
        if (body.get("retryAfter") instanceof Integer seconds) {
            Duration wait = Duration.ofSeconds(seconds);
            return ProblemMembers.isWait(wait) ? wait : null;
        }
        return null;
    }

    private @Nullable URI uri(String member) {
        String text = text(body.get(member));
        if (text == null || text.length() > MAX_URI) {
            return null;
        }
        try {
            URI uri = new URI(text);
            boolean active = uri.getScheme() != null
                    && ACTIVE_SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT));
            return active ? null : uri;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private void readErrors(ProblemMembers members) {
        if (body.get("errors") instanceof List<?> errors) {
            for (Object error : errors) {
                if (error instanceof Map<?, ?> map) {
                    members.add(fieldError(map));
                }
            }
        }
    }

    private static FieldError fieldError(Map<?, ?> error) {
        FieldError.Location location = location(text(error.get("location")));
        String code = text(error.get("code"));
        return new FieldError(
                location,
                location == FieldError.Location.BODY
                        ? pointer(text(error.get("pointer")))
                        : orEmpty(text(error.get("name"))),
                code != null && ForeignCode.isName(code) ? code : DEFAULT_FIELD_CODE,
                text(error.get("detail")),
                error.get("parameters") instanceof Map<?, ?> parameters
                        ? JsonValues.copyMap("parameters", parameters)
                        : Map.of(),
                error.get("rejected"));
    }

    private static FieldError.Location location(@Nullable String text) {
        for (FieldError.Location location : FieldError.Location.values()) {
            if (text != null && location.text().equals(text.toLowerCase(Locale.ROOT))) {
                return location;
            }
        }
        return FieldError.Location.BODY;
    }

    /** A pointer as we write it, or as the example of RFC 9457 does: a URI fragment (RFC 6901, section 6). */
    private static String pointer(@Nullable String text) {
        String pointer = orEmpty(text);
        if (pointer.startsWith("#")) {
            try {
                pointer = orEmpty(new URI(pointer).getFragment());
            } catch (URISyntaxException e) {
                return "";
            }
        }
        return pointer.startsWith("/") ? pointer : "";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }
}
