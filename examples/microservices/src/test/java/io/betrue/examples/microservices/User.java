package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

/**
 * Somebody who is signed in.
 *
 * @param email where letters go
 * @param id who it is
 * @param token what proves it
 */
record User(Wallet wallet, String email, String id, String token) {
    /** Asks for an account at one gateway and opens it at the other, where any code does. */
    static User registered(Wallet wallet) throws Exception {
        String email = UUID.randomUUID() + "@example.org";
        answer(wallet.post(1, "accounts/register", "{\"email\": \"" + email + "\"}"));
        String opening = "{\"email\": \"" + email + "\", \"code\": \"any\", \"password\": \"staple battery horse\"}";
        String token =
                answer(wallet.post(2, "accounts/confirm", opening)).get("token").asText();
        JsonNode me = answer(wallet.post(1, "accounts/me", "{}", "Authorization", "Bearer " + token));
        return new User(wallet, email, me.get("userId").asText(), token);
    }

    HttpResponse<String> post(int gateway, String code, String body) throws Exception {
        return wallet.post(gateway, code, body, "Authorization", "Bearer " + token);
    }

    /** Posts what must succeed. */
    JsonNode ask(int gateway, String code, String body) throws Exception {
        return answer(post(gateway, code, body));
    }

    /** Sends a file. */
    JsonNode upload(int gateway, String name, String type, byte[] bytes) throws Exception {
        HttpRequest request = wallet.request(gateway, "files/upload")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .POST(BodyPublishers.ofByteArray(bytes))
                .build();
        return answer(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()));
    }

    /** {@return what comes as bytes} */
    HttpResponse<byte[]> bytes(int gateway, String code, String input) throws Exception {
        HttpRequest request = wallet.request(gateway, code)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(input))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    private static JsonNode answer(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Wallet.json(response);
    }
}
