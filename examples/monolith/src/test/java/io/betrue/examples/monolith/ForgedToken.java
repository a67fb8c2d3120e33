package io.betrue.examples.monolith;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody else's idea of a token. */
final class ForgedToken {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ForgedToken() {}

    /** Changes the claims of a token and signs it again. */
    static String of(String token, byte[] key, Consumer<ObjectNode> change) throws Exception {
        String[] parts = token.split("\\.", -1);
        ObjectNode claims = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        change.accept(claims);
        String signed = parts[0] + "." + encode(JSON.writeValueAsBytes(claims));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Claims that nobody has to sign for. */
    static String unsigned(String token) {
        return encode("{\"alg\":\"none\"}".getBytes(StandardCharsets.US_ASCII)) + "." + token.split("\\.", -1)[1] + ".";
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
