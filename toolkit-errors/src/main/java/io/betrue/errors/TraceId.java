package io.betrue.errors;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The trace ids of W3C Trace Context: 32 lower-case hexadecimal digits, not all zero. */
public final class TraceId {
    private static final int LENGTH = 32;
    private static final int TRACEPARENT_LENGTH = 55;
    private static final HexFormat HEX = HexFormat.of();

    private TraceId() {}

    /** {@return a new random trace id; it is unique, not secret} */
    public static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        // the lowest bit keeps it from being all zero
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong() | 1);
    }

    /**
     * Reads the trace id of a {@code traceparent} header.
     *
     * @param header the header, or null
     * @return the trace id, or null if the header is absent or malformed
     */
    public static @Nullable String ofTraceparent(@Nullable String header) {
        if (header == null || header.length() < TRACEPARENT_LENGTH || header.startsWith("ff")) {
            return null;
        }
        boolean version00 = header.startsWith("00");
        boolean shaped = header.charAt(2) == '-' && header.charAt(35) == '-' && header.charAt(52) == '-';
        boolean lengthFits = version00
                ? header.length() == TRACEPARENT_LENGTH
                : header.length() == TRACEPARENT_LENGTH || header.charAt(TRACEPARENT_LENGTH) == '-';
        if (!shaped || !lengthFits || !isHex(header, 0, 2) || !isHex(header, 36, 52) || !isHex(header, 53, 55)) {
            return null;
        }
        String traceId = header.substring(3, 3 + LENGTH);
        return isValid(traceId) && !isZero(header, 36, 52) ? traceId : null;
    }

    /**
     * Tells whether a text is a trace id.
     *
     * @param text any text
     * @return whether it is 32 lower-case hexadecimal digits, not all zero
     */
    public static boolean isValid(String text) {
        return text.length() == LENGTH && isHex(text, 0, LENGTH) && !isZero(text, 0, LENGTH);
    }

    static String check(String traceId) {
        if (!isValid(traceId)) {
            throw new IllegalArgumentException("trace id must be 32 lower-case hexadecimal digits, not all zero; had "
                    + traceId.length() + " characters");
        }
        return traceId;
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
