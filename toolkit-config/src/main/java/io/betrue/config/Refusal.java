package io.betrue.config;

/** Refuses a text with a message of our own, which never repeats the text; without a stack trace, as it is expected. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message, null, false, false);
    }

    /** {@return the message, which a refusal always has} */
    String reason() {
        String message = getMessage();
        return message == null ? "is refused" : message;
    }
}
