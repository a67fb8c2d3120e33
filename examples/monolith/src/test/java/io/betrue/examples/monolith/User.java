package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who is signed in. */
final class User {
    static final String PASSWORD = "staple battery horse";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final MonolithProcess monolith;
    private final String email;
    private final String token;

    private User(MonolithProcess monolith, String email, String token) {
        this.monolith = monolith;
        this.email = email;
        this.token = token;
    }

    /** Registers somebody new and signs in. */
    static User registered(MonolithProcess monolith) throws Exception {
        String email = "user" + COUNT.incrementAndGet() + "@example.org";
        assertThat(monolith.post("accounts/register", credentials(email, PASSWORD))
                        .statusCode())
                .isEqualTo(200);
        return signedIn(monolith, email);
    }

    static User signedIn(MonolithProcess monolith, String email) throws Exception {
        JsonNode signedIn = json(monolith.post("accounts/sign-in", credentials(email, PASSWORD)));
        return new User(monolith, email, signedIn.get("token").asText());
    }

    static String credentials(String email, String password) {
        return "{\"email\": \"" + email + "\", \"password\": \"" + password + "\"}";
    }

    String email() {
        return email;
    }

    String token() {
        return token;
    }

    HttpResponse<String> post(String code, String body) throws Exception {
        return monolith.post(code, body, "Authorization", "Bearer " + token);
    }

    HttpResponse<String> post(String code, String body, String idempotencyKey) throws Exception {
        return monolith.post(code, body, "Authorization", "Bearer " + token, "Idempotency-Key", idempotencyKey);
    }

    /** Posts what must succeed. */
    JsonNode ask(String code, String body) throws Exception {
        HttpResponse<String> response = post(code, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    static JsonNode json(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body());
    }
}
