package io.betrue.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.examples.acceptance.Case.Upload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bytes of files, which go over HTTP whichever way the calls around them go. */
final class Streams {
    private static final Set<String> GIVEN_BY = Set.of("files/download", "chat/attachment");
    private static final List<String> SHOWN = List.of("content-type", "content-disposition", "x-content-type-options");
    private static final String PICTURE = "png ";
    private static final String HEAD_OF_PICTURE = "\u0089PNG\r\n\u001a\n";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** Goes to an address of an application. */
    Streams(String url) {
        this.url = url;
    }

    /** {@return whether a command answers with bytes} */
    static boolean areGivenBy(String command) {
        return GIVEN_BY.contains(command);
    }

    private HttpRequest.Builder request(String command, @Nullable String token, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + "/api/" + command)).timeout(PATIENCE);
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    /** Sends a file: a text, or a picture where it begins with {@code png}. */
    Answer upload(Upload file, String content, @Nullable String token, Map<String, String> headers) throws Exception {
        byte[] bytes = content.startsWith(PICTURE)
                ? (HEAD_OF_PICTURE + content.substring(PICTURE.length())).getBytes(StandardCharsets.ISO_8859_1)
                : content.getBytes(StandardCharsets.UTF_8);
        HttpRequest request = request("files/upload", token, headers)
                .header("Content-Type", file.type())
                .header(
                        "Command-Input",
                        JSON.createObjectNode().put("name", file.name()).toString())
                .POST(BodyPublishers.ofByteArray(bytes))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    /** {@return the bytes as text, and what browsers are told about them; or the problem} */
    Answer download(String command, JsonNode input, @Nullable String token) throws Exception {
        HttpRequest request = request(command, token, Map.of("Content-Type", "application/json"))
                .POST(BodyPublishers.ofString(input.toString()))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        }
        ObjectNode body = JSON.createObjectNode().put("bytes", response.body());
        SHOWN.forEach(name -> body.put(name, response.headers().firstValue(name).orElse("")));
        return new Answer(200, body);
    }
}
