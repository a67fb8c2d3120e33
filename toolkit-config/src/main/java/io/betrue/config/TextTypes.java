package io.betrue.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The types that are texts, or names of something. */
final class TextTypes {
    static final ValueType<String> STRING =
            ValueType.builtIn(new ValueType.Kind("string", true, false), "text", BuiltIn.STRING);

    static final ValueType<Secret> SECRET =
            ValueType.builtIn(new ValueType.Kind("secret", true, true), null, BuiltIn.SECRET);

    static final ValueType<Path> PATH = ValueType.builtIn("path", "/srv/app", BuiltIn.PATH);

    static final ValueType<ZoneId> ZONE = ValueType.builtIn("time zone", "UTC", BuiltIn.ZONE);

    static final ValueType<byte[]> BASE64 = ValueType.builtIn("base64", "YmUtdHJ1ZQ==", BuiltIn.BASE64);

    private TextTypes() {}

    static ValueType<String> matching(Pattern pattern) {
        String name = "string matching " + pattern.pattern();
        return ValueType.textual(new ValueType.Kind(name, true, false), null, text -> {
            if (!pattern.matcher(text).matches()) {
                throw new Refusal("does not match " + pattern.pattern());
            }
            return text;
        });
    }

    static <E extends Enum<E>> ValueType<E> enumOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        if (constants.length == 0) {
            throw new IllegalArgumentException(type.getName() + " has no constants to choose from");
        }
        List<String> options = new ArrayList<>(constants.length);
        for (E constant : constants) {
            options.add(option(constant.name()));
        }
        return ValueType.options(List.copyOf(options), new Function<String, E>() {
            @Override
            public E apply(String text) {
                int at = options.indexOf(option(text));
                if (at < 0) {
                    throw new Refusal(notOneOf(text, options));
                }
                return constants[at];
            }
        });
    }

    static String notOneOf(String text, List<String> options) {
        String near = Names.nearest(option(text), options);
        return "must be one of " + String.join(", ", options) + (near == null ? "" : "; did you mean " + near + "?");
    }

    private static String option(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Refusal("is not a path: " + e.getReason());
        }
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Refusal("is not a time zone such as Europe/Paris");
        }
    }

    static byte[] base64(String text) {
        boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        try {
            return (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal("is not base64");
        }
    }
}
