package io.betrue.testsupport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody else's idea of a JSON Web Token (RFC 7519) with an HMAC-SHA256 signature. */
public final class ForgedToken {
    private static final String ALGORITHM = "HmacSHA256";

    private ForgedToken() {}

    /**
     * Changes the claims of a token and signs it again.
     *
     * @param token a well-formed token
     * @param key what it is signed with, right or wrong
     * @param change gets the claims as JSON, and gives the claims of the new token
     */
    public static String of(String token, byte[] key, UnaryOperator<String> change) {
        String[] parts = token.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String signed = parts[0] + "." + encode(change.apply(claims).getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** {@return a token with the claims of another, for which nobody has to sign} */
    public static String unsigned(String token) {
        return encode("{\"alg\":\"none\"}".getBytes(StandardCharsets.US_ASCII)) + "." + token.split("\\.", -1)[1] + ".";
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
