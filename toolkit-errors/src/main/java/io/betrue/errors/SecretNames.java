package io.betrue.errors;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells from a field's name whether its value is likely to be a secret.
 *
 * <p>It errs on the side of silence: a harmless {@code tokenCount} is not echoed either.
 */
final class SecretNames {
    private static final Pattern WORD_END = Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z]+");
    private static final Pattern NOT_A_LETTER = Pattern.compile("\\P{L}+");

    /** Secret as a whole word, since they are part of harmless words too (pan in company). */
    private static final Set<String> WORDS = Set.of(
            "pass", "pwd", "pin", "otp", "pan", "cvv", "cvc", "csc", "ssn", "iban", "jwt", "auth", "salt", "seed",
            "key", "sid", "totp");

    /** Secret wherever they stand, with everything but letters taken out. */
    private static final Pattern PARTS = Pattern.compile(
            "passw|passphrase|passcode|pincode|secret|token|apikey|accesskey|privatekey|secretkey|authori[sz]ation"
                    + "|credential|cookie|session|bearer|cardn|ccnum|creditcard|debitcard|accountnumber|securitycode|mnemonic|signature"
                    + "|onetimecode|recoverycode|verificationcode|пароль|секрет|токен");

    private SecretNames() {}

    /** Whether a name, or any step of a JSON pointer, looks secret. */
    static boolean looksSecret(String name) {
        if (PARTS.matcher(NOT_A_LETTER.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(""))
                .find()) {
            return true;
        }
        for (String word : WORD_END.split(name, -1)) {
            if (WORDS.contains(word.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
