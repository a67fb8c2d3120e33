package io.betrue.commands.hub;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes names that nobody has, and checks names of events. */
final class Names {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 8;
    private static final int MAX_EVENT = 100;

    private Names() {}

    /** {@return 16 hexadecimal digits} */
    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static void checkEvent(String event) {
        if (event.isBlank() || event.length() > MAX_EVENT) {
            throw new IllegalArgumentException(
                    "name of an event must have 1.." + MAX_EVENT + " characters, had " + event.length());
        }
    }
}
