package io.betrue.examples.accounts;

import java.util.List;

/**
 * The secrets that tokens are signed with: one that signs, and while keys change an older one that is still believed.
 *
 * <p>Immutable. No method and no text shows a key.
 */
public final class SigningKeys {
    /** The shortest key that HS256 may have (RFC 7518, section 3.2). */
    static final int MINIMUM_BYTES = 32;

    private final List<byte[]> keys;

    private SigningKeys(List<byte[]> keys) {
        this.keys = keys;
    }

    /**
     * Uses one key.
     *
     * @param key at least 32 random bytes; copied
     * @return the keys
     * @throws IllegalArgumentException if the key is too short
     */
    public static SigningKeys of(byte[] key) {
        return new SigningKeys(List.of(checked(key)));
    }

    /**
     * Believes tokens of an older key too, until they have expired.
     *
     * @param previous at least 32 bytes; copied
     * @return these keys and that one
     * @throws IllegalArgumentException if the key is too short
     */
    public SigningKeys withPrevious(byte[] previous) {
        return new SigningKeys(List.of(keys.get(0), checked(previous)));
    }

    /** {@return the key that signs} */
    byte[] current() {
        return keys.get(0).clone();
    }

    /** {@return every key that is believed, the signing one first} */
    List<byte[]> all() {
        return keys.stream().map(byte[]::clone).toList();
    }

    /** {@return a text without the keys} */
    @Override
    public String toString() {
        return "SigningKeys[" + keys.size() + "]";
    }

    private static byte[] checked(byte[] key) {
        if (key.length < MINIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "a signing key must have at least " + MINIMUM_BYTES + " bytes, this one has " + key.length);
        }
        return key.clone();
    }
}
