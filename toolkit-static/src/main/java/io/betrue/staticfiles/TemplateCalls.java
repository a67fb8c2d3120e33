package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Computes the values of expressions. A fault is noted with the place of its call, and the others are still looked for. */
final class TemplateCalls {
    static final Set<String> BUILT_IN = Set.of("config", "file", "url");

    /** The longest text a function may give, in characters. */
    static final int LONGEST = 1_000_000;

    private static final String FILE = "('path') or ('path', 'fingerprint' | 'modified' | 'none')";
    private static final Pattern PATH_END = Pattern.compile("[?#]");
    private static final int MOST_HINTS = 3;
    private static final int LONGEST_HINT = 100;

    private final String path;
    private final TemplateScope scope;
    private final Faults faults;

    TemplateCalls(String path, TemplateScope scope, Faults faults) {
        this.path = path;
        this.scope = scope;
        this.faults = faults;
    }

    /** {@return the value, or {@code null} after a fault} */
    @Nullable
    Object value(TemplateExpression expression) {
        if (expression instanceof TemplateExpression.Literal literal) {
            return literal.value();
        }
        TemplateExpression.Call call = (TemplateExpression.Call) expression;
        List<Object> arguments = new ArrayList<>();
        for (TemplateExpression argument : call.arguments()) {
            Object value = value(argument);
            if (value != null) {
                arguments.add(value);
            }
        }
        boolean known = BUILT_IN.contains(call.name()) || scope.functions().containsKey(call.name());
        boolean complete = arguments.size() == call.arguments().size();
        // an unknown function is told even when its arguments are wrong too
        return complete || !known ? called(call, arguments) : null;
    }

    private @Nullable Object called(TemplateExpression.Call call, List<Object> arguments) {
        try {
            return switch (call.name()) {
                case "config" -> config(arguments);
                case "url" -> url(arguments);
                case "file" -> file(arguments);
                default -> added(call.name(), arguments);
            };
        } catch (IllegalArgumentException e) {
            fault(call, e.getMessage());
        } catch (RuntimeException e) {
            fault(call, "function " + call.name() + " failed: " + e);
        }
        return null;
    }

    private Object config(List<Object> arguments) {
        if (arguments.isEmpty() || arguments.size() > 2 || !(arguments.get(0) instanceof String name)) {
            throw wrong("config", "('NAME') or ('NAME', default)", arguments);
        }
        Object value = scope.values().get(name);
        if (value != null) {
            return literal("config value \"" + TemplateUrl.shown(name) + "\"", value);
        }
        if (arguments.size() == 2) {
            return arguments.get(1);
        }
        throw new IllegalArgumentException("config has no value \"" + TemplateUrl.shown(name) + "\""
                + hints(name, scope.values().keySet()) + "; hand it in or give a default");
    }

    private String url(List<Object> arguments) {
        if (arguments.size() != 1 || !(arguments.get(0) instanceof String page)) {
            throw wrong("url", "('page')", arguments);
        }
        if (!TemplateUrl.scheme(page).isEmpty() || page.startsWith("//")) {
            throw new IllegalArgumentException("url takes a page below the mount, not the absolute \""
                    + TemplateUrl.shown(page) + "\"; write an address of another site without url");
        }
        String pathOnly = PATH_END.split(page, 2)[0];
        if (TemplateUrl.below(pathOnly) == null) {
            throw new IllegalArgumentException("page \"" + TemplateUrl.shown(page) + "\" is not below the mount");
        }
        return TemplateUrl.encoded(scope.prefix()) + (page.startsWith("/") ? "" : "/") + TemplateUrl.encoded(page);
    }

    private String file(List<Object> arguments) {
        if (arguments.isEmpty() || arguments.size() > 2 || !(arguments.get(0) instanceof String file)) {
            throw wrong("file", FILE, arguments);
        }
        FileVersion version = arguments.size() == 1 ? null : version(arguments);
        String below = TemplateUrl.below(file);
        String url = below == null ? null : scope.fileUrl(below, version);
        if (url == null) {
            throw new IllegalArgumentException("file \"" + TemplateUrl.shown(file) + "\" is not below the mount");
        }
        return url;
    }

    private static FileVersion version(List<Object> arguments) {
        for (FileVersion version : FileVersion.values()) {
            if (version.name().toLowerCase(Locale.ROOT).equals(arguments.get(1))) {
                return version;
            }
        }
        throw wrong("file", FILE, arguments);
    }

    private Object added(String name, List<Object> arguments) {
        TemplateFunction function = scope.functions().get(name);
        if (function == null) {
            Set<String> names = Stream.concat(BUILT_IN.stream(), scope.functions().keySet().stream())
                    .collect(Collectors.toSet());
            throw new IllegalArgumentException(
                    "there is no function \"" + TemplateUrl.shown(name) + "\"" + hints(name, names));
        }
        return literal("function " + name, result(name, function, List.copyOf(arguments)));
    }

    private static @Nullable Object result(String name, TemplateFunction function, List<Object> arguments) {
        try {
            return function.call(arguments);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static Object literal(String source, @Nullable Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof String text && text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    source + " gave " + text.length() + " characters; at most " + LONGEST + " can be written");
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof Double) {
            return value;
        }
        String type = value == null ? "null" : value.getClass().getName();
        throw new IllegalArgumentException(source + " gave " + type + "; it must be a String, Long, Double or Boolean");
    }

    private static IllegalArgumentException wrong(String function, String expected, List<Object> arguments) {
        String given = arguments.stream()
                .map(value -> value instanceof String text ? "'" + TemplateUrl.shown(text) + "'" : value.toString())
                .collect(Collectors.joining(", ", "(", ")"));
        return new IllegalArgumentException(function + " expects " + expected + ", not " + given);
    }

    private void fault(TemplateExpression.Call call, @Nullable String message) {
        faults.add(path, call.place().line(), call.place().column(), String.valueOf(message));
    }

    private static String hints(String name, Set<String> names) {
        if (name.length() > LONGEST_HINT) {
            return "";
        }
        String close = new TreeSet<>(names)
                .stream()
                        .filter(other -> isClose(name.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT)))
                        .limit(MOST_HINTS)
                        .collect(Collectors.joining(", "));
        return close.isEmpty() ? "" : " (did you mean " + close + "?)";
    }

    /** Tells whether one name becomes the other by at most two edits (Levenshtein, two rows). */
    private static boolean isClose(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 2) {
            return false;
        }
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()] <= Math.min(2, Math.max(a.length(), b.length()) - 1);
    }
}
