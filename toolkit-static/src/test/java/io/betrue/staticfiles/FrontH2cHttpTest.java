package io.betrue.staticfiles;

import java.net.http.HttpClient;
import java.util.List;

class FrontH2cHttpTest extends ServingContract {
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    boolean front() {
        return true;
    }

    @Override
    Answer send(int port, String method, String target, List<String> headers) {
        return Protocols.h2c(client, port, method, target, headers);
    }
}
