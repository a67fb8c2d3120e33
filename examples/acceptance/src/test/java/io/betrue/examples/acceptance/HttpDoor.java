package io.betrue.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/<command>}. */
final class HttpDoor implements Door {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String url;
    private final Streams streams;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    HttpDoor(String url) {
        this.url = url;
        this.streams = new Streams(url);
    }

    @Override
    public Streams streams() {
        return streams;
    }

    @Override
    public Answer call(String command, JsonNode input, @Nullable String token, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/" + command))
                .POST(BodyPublishers.ofString(input.toString()))
                .header("Content-Type", "application/json")
                .header("Timeout-Ms", Long.toString(PATIENCE.toMillis()))
                .timeout(PATIENCE);
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }
}
