package io.betrue.errors;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A problem as an HTTP response, before it is known who sends it: Javalin, the servlet container or Jetty.
 */
final class Answer {
    /** What described the body that is no longer sent. */
    static final Set<String> STALE_HEADERS = Set.of(
            "Accept-Ranges",
            "Content-Disposition",
            "Content-Encoding",
            "Content-Language",
            "Content-Length",
            "Content-Range",
            "ETag",
            "Expires",
            "Last-Modified",
            "Trailer");

    static final String VARY = "Vary";
    static final String ALLOW = "Allow";
    static final String WWW_AUTHENTICATE = "WWW-Authenticate";

    /** Not replaced where the application has set them. */
    static final Set<String> KEPT = Set.of(ALLOW, WWW_AUTHENTICATE);

    private final Problem problem;
    private final Map<String, String> headers;
    private final byte[] body;

    private Answer(Problem problem, Map<String, String> headers, byte[] body) {
        this.problem = problem;
        this.headers = headers;
        this.body = body;
    }

    /** What it says, with its texts in the language of the client. */
    Problem problem() {
        return problem;
    }

    int status() {
        return problem.status();
    }

    /** The headers, Content-Type among them. */
    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    static Answer of(ErrorsSettings settings, Problem raw, @Nullable String accept, @Nullable String acceptLanguage) {
        LocalisedProblem localised = settings.catalogue().localise(waiting(settings, raw), acceptLanguage);
        Problem problem = localised.problem();
        Map<String, String> headers = new LinkedHashMap<>();
        byte[] body;
        if (AcceptHeader.of(accept).prefersHtml()) {
            body = ProblemPage.of(localised).getBytes(StandardCharsets.UTF_8);
            headers.put("Content-Type", "text/html;charset=utf-8");
            headers.put("Content-Security-Policy", ProblemPage.CONTENT_SECURITY_POLICY);
        } else {
            body = problem.toJson();
            headers.put("Content-Type", Problem.MEDIA_TYPE);
        }
        headers.put("Content-Language", localised.language().toLanguageTag());
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Cache-Control", "no-store");
        headers.put(VARY, "Accept, Accept-Language");
        addSpecific(headers, settings, problem);
        return new Answer(problem, headers, body);
    }

    private static void addSpecific(Map<String, String> headers, ErrorsSettings settings, Problem problem) {
        switch (problem.status()) {
            case 401 -> headers.put(WWW_AUTHENTICATE, settings.challenge());
            case 405 -> headers.put(ALLOW, text(problem.extensions().get("allow")));
            case 426 -> {
                if ("websocket".equals(problem.extensions().get("upgrade"))) {
                    headers.put("Upgrade", "websocket");
                    headers.put("Connection", "Upgrade");
                    headers.put("Sec-WebSocket-Version", "13");
                }
            }
            default -> {
                // no header of its own
            }
        }
        if (problem.retryAfter() != null) {
            headers.put("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
        }
    }

    /** A 429 or 503 always says when to come back (RFC 9110, section 10.2.3). */
    private static Problem waiting(ErrorsSettings settings, Problem problem) {
        boolean asksToWait = problem.status() == 429 || problem.status() == 503;
        if (!asksToWait || problem.retryAfter() != null) {
            return problem;
        }
        ProblemMembers members = problem.members();
        members.retryAfter = ProblemMembers.wholeSeconds(settings.retryAfter());
        return new Problem(members);
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
