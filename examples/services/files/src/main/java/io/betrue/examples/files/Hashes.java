package io.betrue.examples.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests that every Java has. */
final class Hashes {
    private Hashes() {}

    static MessageDigest sha256() {
        return of("SHA-256");
    }

    /** For stores that want to know whether bytes have arrived as they were sent, not to protect anything. */
    static MessageDigest md5() {
        return of("MD5");
    }

    private static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
