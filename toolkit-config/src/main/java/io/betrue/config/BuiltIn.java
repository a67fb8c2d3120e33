package io.betrue.config;

import java.util.function.Function;

/**
 * The parsers of the built-in types.
 * <p>One class instead of a lambda each: loading a class costs a fraction of a millisecond and the first lambda of a process
 * several, and this code runs at start.
 */
enum BuiltIn implements Function<String, Object> {
    INT,
    LONG,
    DECIMAL,
    BOOLEAN,
    URL,
    ABSOLUTE_URI,
    PORT,
    LISTEN_PORT,
    HOST_PORT,
    EMAIL,
    STRING,
    SECRET,
    PATH,
    ZONE,
    BASE64,
    DURATION,
    DATA_SIZE;

    @Override
    public Object apply(String text) {
        return switch (this) {
            case INT -> (int) NumberTypes.whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> NumberTypes.whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
            case DECIMAL -> NumberTypes.decimalOf(text);
            case BOOLEAN -> NumberTypes.booleanOf(text);
            case URL -> NetTypes.url(text);
            case ABSOLUTE_URI -> NetTypes.absolute(text);
            case PORT -> (int) NumberTypes.whole(text, 1, 65_535);
            case LISTEN_PORT -> (int) NumberTypes.whole(text, 0, 65_535);
            case HOST_PORT -> NetTypes.hostPort(text);
            case EMAIL -> NetTypes.email(text);
            case STRING -> text;
            case SECRET -> Secret.of(text);
            case PATH -> TextTypes.path(text);
            case ZONE -> TextTypes.zone(text);
            case BASE64 -> TextTypes.base64(text);
            case DURATION -> AmountTypes.duration(text);
            case DATA_SIZE -> AmountTypes.dataSize(text);
        };
    }
}
