package io.betrue.examples.loadclient;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends requests to the application, to its addresses in turn where it has several. Safe for use by multiple threads. */
final class Api implements AutoCloseable {
    /** What is left for the body once the headers are there, before the answer counts as timed out. */
    private static final Duration BODY_GRACE = Duration.ofSeconds(1);

    private static final int THREADS = 4;

    private final List<URI> bases;
    private final AtomicInteger turn = new AtomicInteger();
    private final Duration timeout;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    private final HttpClient client;

    /**
     * @param bases at least one; where no connection comes about, the next one is tried, since nothing was sent
     * @param timeout from sending to the answer's head
     */
    Api(List<URI> bases, Duration timeout) {
        this.bases = List.copyOf(bases);
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .executor(executor)
                .build();
    }

    /** {@return the reply to a call, never exceptionally for a loss} */
    CompletableFuture<Reply> send(Call call, String trace) {
        return send(base -> {
            HttpRequest.Builder request = request(base, call.path(), call.token(), call.body())
                    .header("traceparent", "00-" + trace + "-0000000000000001-01");
            Call.Write write = call.write();
            return write == null
                    ? request.build()
                    : request.header("Idempotency-Key", write.effect().key()).build();
        });
    }

    /**
     * Sends one request and waits for its success.
     *
     * @throws LoadException if there is any other answer, or none
     */
    JsonNode ask(String path, @Nullable String token, String body) {
        Reply reply = send(base -> request(base, path, token, body).build()).join();
        if (reply instanceof Reply.Answer answer && answer.status() == 200) {
            return answer.body();
        }
        String where = bases.stream().map(URI::toString).collect(Collectors.joining(" and "));
        throw new LoadException(where + "/api/" + path + " answered " + reply.summary());
    }

    private HttpRequest.Builder request(URI base, String path, @Nullable String token, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/" + path))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private CompletableFuture<Reply> send(Function<URI, HttpRequest> request) {
        return send(request, Math.floorMod(turn.getAndIncrement(), bases.size()), bases.size());
    }

    private CompletableFuture<Reply> send(Function<URI, HttpRequest> request, int base, int tries) {
        return client.sendAsync(request.apply(bases.get(base)), HttpResponse.BodyHandlers.ofString())
                .orTimeout(timeout.plus(BODY_GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, thrown) -> thrown == null ? answer(response) : Reply.Lost.of(thrown))
                .thenCompose(reply -> reply == Reply.Lost.NOT_CONNECTED && tries > 1
                        ? send(request, (base + 1) % bases.size(), tries - 1)
                        : CompletableFuture.completedFuture(reply));
    }

    private static Reply answer(HttpResponse<String> response) {
        JsonNode body = Json.tree(response.body());
        String code =
                response.statusCode() < 300 ? "" : Answers.text(body, "code").orElse("");
        return new Reply.Answer(response.statusCode(), code, body);
    }

    /** Ends the threads; answers still under way are dropped. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
