package io.betrue.config;

import java.math.BigDecimal;

/** The types of numbers and of yes and no. */
final class NumberTypes {
    static final ValueType<Integer> INT = ValueType.builtIn("int", "42", BuiltIn.INT);

    static final ValueType<Long> LONG = ValueType.builtIn("long", "42", BuiltIn.LONG);

    static final ValueType<BigDecimal> DECIMAL = ValueType.builtIn("decimal", "0.25", BuiltIn.DECIMAL);

    static final ValueType<Boolean> BOOLEAN = ValueType.builtIn("boolean", "true", BuiltIn.BOOLEAN);

    private static final int MAX_DECIMAL_LENGTH = 100;

    private NumberTypes() {}

    static long whole(String text, long min, long max) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (start == text.length()) {
            throw new Refusal("is not a whole number");
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new Refusal("is not a whole number");
            }
        }
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException tooLong) {
            // falls through: only digits, so it is out of range
        }
        throw new Refusal("must be in " + min + ".." + max);
    }

    static BigDecimal decimalOf(String text) {
        boolean plain = text.length() <= MAX_DECIMAL_LENGTH;
        for (int i = 0; plain && i < text.length(); i++) {
            plain = "+-.0123456789".indexOf(text.charAt(i)) >= 0; // an exponent could ask for gigabytes of zeros
        }
        try {
            if (plain) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException notANumber) {
            // falls through to the same answer
        }
        throw new Refusal("is not a decimal number such as 12.5");
    }

    static boolean booleanOf(String text) {
        if (text.equals("true") || text.equals("1") || text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equals("false") || text.equals("0") || text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new Refusal("is not a boolean: use true or false");
    }
}
