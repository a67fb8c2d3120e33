package io.betrue.errors;

import java.util.regex.Pattern;

/** A code that another process uses and this catalogue does not know. */
record ForeignCode(String name, ErrorDefinition definition) implements ErrorCode {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,63}");

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
