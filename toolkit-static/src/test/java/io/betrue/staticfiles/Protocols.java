package io.betrue.staticfiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The protocols under test, on both sides. */
final class Protocols {
    private Protocols() {}

    /** {@return a connector of one port that speaks HTTP/1.1 and h2c} */
    static ServerConnector connector(Server server, HttpConfiguration configuration) {
        return new ServerConnector(
                server,
                1,
                1,
                new HttpConnectionFactory(configuration),
                new HTTP2CServerConnectionFactory(configuration));
    }

    static Answer http1(int port, String method, String target, List<String> headers) {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (headers.stream().noneMatch(line -> line.startsWith("Host:"))) {
            request.append("Host: localhost\r\n");
        }
        headers.forEach(line -> request.append(line).append("\r\n"));
        return RawHttp.exchange(port, request + "Content-Length: 0\r\nConnection: close\r\n\r\n");
    }

    static Answer h2c(HttpClient client, int port, String method, String target, List<String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + target))
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (String line : headers) {
            int colon = line.indexOf(':');
            if (!line.startsWith("Host:")) {
                request.header(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.version() != HttpClient.Version.HTTP_2) {
                throw new IllegalStateException("answered with " + response.version());
            }
            List<String> lines = new ArrayList<>();
            response.headers().map().forEach((name, values) -> {
                if (!name.startsWith(":")) {
                    values.forEach(value -> lines.add(name + ": " + value));
                }
            });
            return new Answer(response.statusCode(), lines, new String(response.body(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
