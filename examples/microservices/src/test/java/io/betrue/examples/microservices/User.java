package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.UUID;

/**
 * Somebody who is signed in.
 *
 * @param email where letters go
 * @param id who it is
 * @param token what proves it
 */
record User(Wallet wallet, String email, String id, String token) {
    /** Registers somebody new at one gateway and signs in at the other. */
    static User registered(Wallet wallet) throws Exception {
        String email = UUID.randomUUID() + "@example.org";
        String credentials = "{\"email\": \"" + email + "\", \"password\": \"staple battery horse\"}";
        JsonNode registered = answer(wallet.post(1, "accounts/register", credentials));
        JsonNode signedIn = answer(wallet.post(2, "accounts/sign-in", credentials));
        return new User(
                wallet,
                email,
                registered.get("userId").asText(),
                signedIn.get("token").asText());
    }

    HttpResponse<String> post(int gateway, String code, String body) throws Exception {
        return wallet.post(gateway, code, body, "Authorization", "Bearer " + token);
    }

    /** Posts what must succeed. */
    JsonNode ask(int gateway, String code, String body) throws Exception {
        return answer(post(gateway, code, body));
    }

    private static JsonNode answer(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Wallet.json(response);
    }
}
