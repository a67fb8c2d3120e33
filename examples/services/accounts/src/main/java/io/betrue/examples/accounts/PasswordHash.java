package io.betrue.examples.accounts;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash with all that is needed to compute it again, in the PHC string format:
 * {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 */
final class PasswordHash {
    private static final Pattern FORMAT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,9}),t=([0-9]{1,9}),p=([0-9]{1,9})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final int memoryKib;
    private final int passes;
    private final int lanes;
    private final byte[] salt;
    private final byte[] hash;

    PasswordHash(PasswordOptions cost, byte[] salt, byte[] hash) {
        this(cost.memoryKib(), cost.passes(), cost.lanes(), salt, hash);
    }

    private PasswordHash(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
        this.memoryKib = memoryKib;
        this.passes = passes;
        this.lanes = lanes;
        this.salt = salt.clone();
        this.hash = hash.clone();
    }

    static PasswordHash parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException(
                    "a stored password hash is not in the format $argon2id$v=19$m=,t=,p=$salt$hash");
        }
        return new PasswordHash(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Base64.getDecoder().decode(matcher.group(4)),
                Base64.getDecoder().decode(matcher.group(5)));
    }

    boolean costs(PasswordOptions cost) {
        return memoryKib == cost.memoryKib() && passes == cost.passes() && lanes == cost.lanes();
    }

    int memoryKib() {
        return memoryKib;
    }

    int passes() {
        return passes;
    }

    int lanes() {
        return lanes;
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] hash() {
        return hash.clone();
    }

    /** {@return the text to store} */
    String format() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + lanes + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }
}
