package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares finished responses with what their route says. Bodies that are streams are never read. Safe for use by multiple threads. */
final class ResponseGuard {
    private static final Logger log = LoggerFactory.getLogger(SchemaPlugin.class);
    private static final int MOST_TOLD = 20;
    private static final int LONGEST_TOLD = 300;

    private static final Set<String> STANDARD =
            Stream.of(StandardError.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private final ResponseCheck mode;
    private final LogGate gate = new LogGate(System::nanoTime);

    ResponseGuard(ResponseCheck mode) {
        this.mode = mode;
    }

    /**
     * What is wrong with a response.
     *
     * @param text a sentence for people
     * @param violations where its body does not fit; empty if it is not about that
     */
    private record Fault(String text, List<Violation> violations) {
        Fault(String text) {
            this(text, List.of());
        }
    }

    /**
     * Looks at a response, and does about it what the mode says.
     *
     * @throws io.betrue.errors.ProblemException INTERNAL in the mode FAIL, if it does not fit and has not begun to go out
     */
    void check(CompiledRoute route, Context ctx) {
        if (route.responses().isEmpty() || !mode.takes()) {
            return;
        }
        Fault fault = fault(route, ctx);
        if (fault == null) {
            return;
        }
        if (mode.fails() && !ctx.res().isCommitted()) {
            throw ProblemAnswer.exception(ctx, problem(route, fault));
        }
        warn(route, fault);
    }

    private void warn(CompiledRoute route, Fault fault) {
        long left = gate.enter();
        if (left >= 0) {
            String places = fault.violations().stream()
                    .limit(MOST_TOLD)
                    .map(violation -> "; \"" + line(violation.pointer()) + "\" " + line(violation.message()))
                    .collect(Collectors.joining());
            String more = left == 0 ? "" : " (" + left + " such warnings were left out before)";
            log.warn("response to {}: {}{}{}", route.label(), fault.text(), places, more);
        }
    }

    /** The text on one line, and no longer than a log can bear: names of members may be made of what strangers sent. */
    private static String line(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST_TOLD; i++) {
            char c = text.charAt(i);
            boolean visible = !Character.isISOControl(c) && c != 0x2028 && c != 0x2029;
            line.append(visible ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return text.length() > LONGEST_TOLD ? line.append('…').toString() : line.toString();
    }

    private static Problem problem(CompiledRoute route, Fault fault) {
        List<Map<String, Object>> places = new ArrayList<>();
        for (Violation violation : fault.violations()) {
            if (places.size() < MOST_TOLD) {
                Map<String, Object> place = new LinkedHashMap<>();
                place.put("at", violation.pointer());
                place.put("code", violation.keyword());
                place.put("detail", violation.message());
                places.add(place);
            }
        }
        return StandardError.INTERNAL
                .problem()
                .detail("The response to {route} is not what the route says: {fault}.", route.label(), fault.text())
                .with("responseErrors", places)
                .build();
    }

    private static @Nullable Fault fault(CompiledRoute route, Context ctx) {
        int status = ctx.statusCode();
        MediaType type = type(ctx);
        Map<String, CompiledRoute.Answer> answers = route.of(status);
        if (isProblem(status, type, ctx) && (answers == null || !answers.containsKey(Problem.MEDIA_TYPE))) {
            return isKnown(route, ctx)
                    ? null
                    : new Fault("a problem of " + status + " with a code that it does not name");
        }
        if (answers == null) {
            return new Fault("status " + status + " is not spoken of");
        }
        CompiledRoute.Answer none = answers.get(CompiledRoute.NO_BODY);
        boolean empty = isEmpty(ctx);
        boolean head = ctx.method().name().equals("HEAD");
        CompiledRoute.Answer answer = type == null ? null : answers.get(type.name());
        if (empty) {
            boolean stream = answer != null && answer.schema() == null; // an empty file is a file
            return none != null || head || stream ? null : new Fault(status + " has no body");
        }
        if (answer == null) {
            boolean only = none != null && answers.size() == 1;
            return new Fault(
                    only
                            ? status + " has a body"
                            : status + " comes as " + (type == null ? "no media type" : type.name()));
        }
        return answer.schema() == null ? null : body(status, answer.schema(), ctx);
    }

    private static @Nullable Fault body(int status, Schema schema, Context ctx) {
        byte[] bytes = bytes(ctx);
        if (bytes == null) {
            return null;
        }
        try {
            JsonNode value = StrictJson.read(bytes);
            List<Violation> violations = schema.validate(value);
            return violations.isEmpty()
                    ? null
                    : new Fault("the body of " + status + " does not fit its schema " + schema.name(), violations);
        } catch (Refusal e) {
            return new Fault("the body of " + status + " is no JSON that a client would take");
        }
    }

    private static @Nullable MediaType type(Context ctx) {
        String header = ctx.res().getContentType();
        return header == null ? null : MediaType.parse(header);
    }

    /** Failures that any route can meet need not be named: they come as problems, or as pages for a browser. */
    private static boolean isProblem(int status, @Nullable MediaType type, Context ctx) {
        if (status < 400 || type == null) {
            return false;
        }
        return type.name().equals(Problem.MEDIA_TYPE)
                || (type.name().equals("text/html") && ErrorsPlugin.isAround(ctx));
    }

    /** Whether a problem's code is one that the route names, or one that any route can have. */
    private static boolean isKnown(CompiledRoute route, Context ctx) {
        Problem problem = ErrorsPlugin.problem(ctx).orElse(null);
        if (problem != null) {
            return isKnown(route, problem.code().name());
        }
        byte[] bytes = bytes(ctx);
        if (bytes == null || bytes.length == 0 || bytes[0] != '{') {
            return true; // a page for a browser
        }
        try {
            return isKnown(route, StrictJson.read(bytes).path("code").asText());
        } catch (Refusal e) {
            return false;
        }
    }

    private static boolean isKnown(CompiledRoute route, String code) {
        return STANDARD.contains(code)
                || route.problems().stream().anyMatch(known -> known.name().equals(code));
    }

    /** The bytes of the body where they are in memory and can be read again; null where the body is a stream. */
    private static byte @Nullable [] bytes(Context ctx) {
        Problem problem = ErrorsPlugin.problem(ctx).orElse(null);
        if (problem != null) {
            return problem.toJson();
        }
        if (!(ctx.resultInputStream() instanceof ByteArrayInputStream result) || isWritten(ctx)) {
            return null;
        }
        result.mark(0);
        byte[] bytes = result.readAllBytes();
        result.reset();
        return bytes;
    }

    private static boolean isEmpty(Context ctx) {
        InputStream result = ctx.resultInputStream();
        boolean nothing = result == null || (result instanceof ByteArrayInputStream memory && memory.available() == 0);
        return nothing && !isWritten(ctx);
    }

    /** Whether a handler wrote to the response itself. */
    private static boolean isWritten(Context ctx) {
        return ctx.res().isCommitted()
                || ServletContextResponse.getServletContextResponse(ctx.res())
                        .getHttpOutput()
                        .isWritten();
    }
}
