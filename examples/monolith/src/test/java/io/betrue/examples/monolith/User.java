package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

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

    /** Opens an account for somebody new, where any code does. */
    static User registered(MonolithProcess monolith) throws Exception {
        return registered(monolith, email -> "any");
    }

    /** Opens an account for somebody new, by the code of a letter to an address. */
    static User registered(MonolithProcess monolith, UnaryOperator<String> codes) throws Exception {
        String email = "user" + COUNT.incrementAndGet() + "@example.org";
        HttpResponse<String> asked = monolith.post("accounts/register", address(email));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        return of(monolith, email, confirm(monolith, email, codes.apply(email)));
    }

    static HttpResponse<String> confirm(MonolithProcess monolith, String email, String code) throws Exception {
        return monolith.post(
                "accounts/confirm",
                "{\"email\": \"" + email + "\", \"code\": \"" + code + "\", \"password\": \"" + PASSWORD + "\"}");
    }

    static User signedIn(MonolithProcess monolith, String email) throws Exception {
        return of(monolith, email, monolith.post("accounts/sign-in", credentials(email, PASSWORD)));
    }

    private static User of(MonolithProcess monolith, String email, HttpResponse<String> session) throws Exception {
        assertThat(session.statusCode()).as(session.body()).isEqualTo(200);
        return new User(monolith, email, json(session).get("token").asText());
    }

    static String address(String email) {
        return "{\"email\": \"" + email + "\"}";
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
