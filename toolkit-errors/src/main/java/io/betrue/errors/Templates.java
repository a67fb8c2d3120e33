package io.betrue.errors;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts with named parameters in braces, as in {@code Only {left} left.} */
final class Templates {
    private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]{0,62})}");

    private Templates() {}

    /** The names in a template, each once, in order of their first appearance. */
    static Set<String> parameters(@Nullable String template) {
        Set<String> names = new LinkedHashSet<>();
        if (template != null && template.indexOf('{') >= 0) {
            Matcher matcher = PARAMETER.matcher(template);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    /** A definition's text: null when there is none or when a parameter has no value, so that nobody reads a brace. */
    static @Nullable String render(@Nullable String template, ProblemMembers values) {
        return template == null ? null : replace(template, name -> parameter(name, values), false);
    }

    /** The text of one occurrence: a name without a value stays as it is written. */
    static @Nullable String render(String template, @Nullable Object[] arguments, ProblemMembers values) {
        List<String> names = new ArrayList<>(parameters(template));
        if (arguments.length > names.size()) {
            throw new IllegalArgumentException("detail \"" + template + "\" names " + names.size()
                    + " parameters but got " + arguments.length + " arguments");
        }
        return replace(
                template,
                name -> {
                    int index = names.indexOf(name);
                    return index < arguments.length ? String.valueOf(arguments[index]) : parameter(name, values);
                },
                true);
    }

    private static @Nullable String parameter(String name, ProblemMembers values) {
        if (name.equals("retryAfter")) {
            return values.retryAfter == null ? null : Long.toString(values.retryAfter.toSeconds());
        }
        Object value = values.extensions.get(name);
        return value == null ? null : value.toString();
    }

    static @Nullable String replace(String template, Function<String, @Nullable String> values, boolean keepUnknown) {
        if (template.indexOf('{') < 0) {
            return template;
        }
        StringBuilder text = new StringBuilder(template.length() + 32);
        Matcher matcher = PARAMETER.matcher(template);
        int from = 0;
        while (matcher.find()) {
            String value = values.apply(matcher.group(1));
            if (value == null && !keepUnknown) {
                return null;
            }
            text.append(template.substring(from, matcher.start())).append(value == null ? matcher.group() : value);
            from = matcher.end();
        }
        return text.append(template.substring(from)).toString();
    }
}
