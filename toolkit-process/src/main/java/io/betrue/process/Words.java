package io.betrue.process;

import java.time.Duration;
import java.util.Set;

/** How things are said to people. */
final class Words {
    private static final int LONGEST_NAME = 60;

    private Words() {}

    /** {@return {@code 500 ms}, {@code 20 s}, {@code 90.5 s}} */
    static String show(Duration time) {
        long millis = time.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000 + "." + millis % 1000 / 100 + " s";
    }

    /** {@return what somebody typed, in quotes, on one line and not long} */
    static String quote(String typed) {
        String shown = typed.codePoints()
                .limit(LONGEST_NAME)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "\"" + shown + (shown.length() < typed.length() ? "..." : "") + "\"";
    }

    /** {@return what a failure says, on one line; its class too, unless it is one that speaks for itself} */
    static String say(Throwable failure, Set<Class<? extends Throwable>> messageOnly) {
        String message = failure.getMessage();
        boolean alone = message != null && speaksForItself(failure, messageOnly);
        return String.valueOf(alone ? message : failure.toString()).strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    static boolean speaksForItself(Throwable failure, Set<Class<? extends Throwable>> messageOnly) {
        return failure instanceof ProcessException || messageOnly.stream().anyMatch(type -> type.isInstance(failure));
    }
}
