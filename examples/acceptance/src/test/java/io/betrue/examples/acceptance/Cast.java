package io.betrue.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.testsupport.ForgedToken;
import io.betrue.testsupport.WalletApplication;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who plays in cases: users that open an account when they are first named. One thread at a time. */
final class Cast {
    static final String PASSWORD = "staple battery horse";

    /** What tokens are signed with, so that they can be forged well. */
    static final byte[] KEY = "a key that only tests should have".getBytes(StandardCharsets.US_ASCII);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EXPIRY = Pattern.compile("\"exp\":\\d+");
    private static final Pattern ROLES = Pattern.compile("\"roles\":\\[[^]]*]");
    private static final Pattern AUDIENCE = Pattern.compile("\"aud\":(\"[^\"]*\"|\\[[^]]*])");

    private final WalletApplication application;
    private final Door door;
    private final Map<String, Map<String, String>> known = new HashMap<>();

    Cast(WalletApplication application, Door door) {
        this.application = application;
        this.door = door;
    }

    /** {@return something about somebody: id, email, password, token, refresh} */
    String of(String who, String what) throws Exception {
        Map<String, String> one = known.get(who);
        if (one == null) {
            one = registered(who);
            known.put(who, one);
        }
        String value = one.get(what);
        if (value == null) {
            throw new IllegalArgumentException("nobody has " + what);
        }
        return value;
    }

    /** {@return the token of a caller, or null for nobody's} */
    @Nullable
    String token(String who) throws Exception {
        return switch (who) {
            case "nobody" -> null;
            case "garbage" -> "no.token.atall";
            case "unsigned" -> ForgedToken.unsigned(of("ann", "token"));
            case "expired" ->
                forged(claims -> EXPIRY.matcher(claims)
                        .replaceFirst("\"exp\":" + (Instant.now().getEpochSecond() - 60)));
            case "eternal" -> forged(claims -> EXPIRY.matcher(claims).replaceFirst("\"never\":1"));
            case "elsewhere" -> forged(claims -> AUDIENCE.matcher(claims).replaceFirst("\"aud\":\"elsewhere\""));
            case "roleless" -> forged(claims -> ROLES.matcher(claims).replaceFirst("\"roles\":[]"));
            case "signed" -> forged(claims -> claims);
            case "forged" -> {
                String token = of("ann", "token");
                int at = token.lastIndexOf('.') + 10;
                yield token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
            }
            default -> of(who, "token");
        };
    }

    /** A token that is signed well. */
    private String forged(UnaryOperator<String> change) throws Exception {
        return ForgedToken.of(of("ann", "token"), KEY, change);
    }

    private Map<String, String> registered(String who) throws Exception {
        Map<String, String> one = new HashMap<>();
        String email = who + '-' + UUID.randomUUID() + "@example.org";
        one.put("email", email);
        one.put("password", PASSWORD);
        ask("accounts/register", JSON.createObjectNode().put("email", email), null);
        ObjectNode opening = JSON.createObjectNode()
                .put("email", email)
                .put("code", application.code(email, "Confirm your address"))
                .put("password", PASSWORD);
        JsonNode session = ask("accounts/confirm", opening, null);
        one.put("token", session.get("token").asText());
        one.put("refresh", session.get("refreshToken").asText());
        JsonNode me = ask("accounts/me", JSON.createObjectNode(), one.get("token"));
        one.put("id", me.get("userId").asText());
        return one;
    }

    private JsonNode ask(String command, ObjectNode input, @Nullable String token) throws Exception {
        Answer answer = door.call(command, input, token, Map.of());
        if (answer.status() != 200) {
            throw new AssertionError(command + " answered " + answer);
        }
        return answer.body();
    }
}
