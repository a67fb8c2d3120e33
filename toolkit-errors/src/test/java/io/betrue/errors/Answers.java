package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** The JDK's client, and what a problem in an answer says. */
final class Answers {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ErrorCatalogue CATALOGUE = ErrorCatalogue.of(FailingApp.ShopError.values());

    private Answers() {}

    static HttpResponse<String> get(Javalin app, String path, String... headers) {
        return send(request(app, path, headers).build());
    }

    static HttpResponse<String> send(Javalin app, String method, String path, String body, String... headers) {
        return send(request(app, path, headers)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    static HttpRequest.Builder request(Javalin app, String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    static Problem problem(HttpResponse<String> response) {
        return problem(header(response, "Content-Type"), response.body());
    }

    static Problem problem(RawHttp.Response response) {
        return problem(response.header("Content-Type").orElse(""), response.text());
    }

    private static Problem problem(String contentType, String body) {
        assertThat(contentType).as(body).isEqualTo(Problem.MEDIA_TYPE);
        try {
            return CATALOGUE.parse(body.getBytes(StandardCharsets.UTF_8));
        } catch (ProblemFormatException e) {
            throw new AssertionError(body, e);
        }
    }

    static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
