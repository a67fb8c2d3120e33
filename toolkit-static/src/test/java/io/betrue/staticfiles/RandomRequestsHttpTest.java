package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 100,000 requests as nobody sends them. */
class RandomRequestsHttpTest {
    private static final int REQUESTS = 50_000;
    private static final int BATCH = 50;
    private static final int CHECKED_EVERY = 100;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverFailsNeverHangsAndNeverShowsWhatIsOutside(boolean front, @TempDir Path above) {
        RandomRequests requests = new RandomRequests(front ? 17 : 18);
        try (Besieged site = Besieged.serve(Besieged.build(above), front)) {
            Map<String, String> good = site.goodAnswers();
            assertThat(good.get("/a.txt X-None: 0")).startsWith("200");
            for (int batch = 0; batch < REQUESTS / BATCH; batch++) {
                List<String> sent = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    sent.add(requests.next());
                }
                exchange(site.port(), sent);
                if (batch % CHECKED_EVERY == CHECKED_EVERY - 1) {
                    assertThat(site.goodAnswers()).isEqualTo(good);
                }
            }
        }
    }

    /** Sends all requests at once; where the server closes the connection, the rest goes over the next one. */
    private static void exchange(int port, List<String> requests) {
        int answered = 0;
        boolean alone = false;
        while (answered < requests.size()) {
            int answers = answers(port, requests.subList(answered, alone ? answered + 1 : requests.size()));
            if (answers == 0 && alone) {
                throw new AssertionError("closed without an answer: " + requests.get(answered));
            }
            // a server that closes throws away what it has not read, and the network may then throw away its last
            // answers
            alone = answers == 0;
            answered += answers;
        }
    }

    /** {@return how many of the requests were answered before the server closed the connection} */
    private static int answers(int port, List<String> requests) {
        int answers = 0;
        try (RawHttp wire = new RawHttp(port)) {
            wire.send(String.join("", requests));
            for (String request : requests) {
                boolean head = request.startsWith("HEAD ");
                Answer answer = wire.read(head);
                answers++;
                check(request, answer);
                // Jetty answers a HEAD of a malformed target with a page and its body, and goes on with the connection
                boolean misframed = head && answer.status() == 400;
                if (misframed || answer.header("Connection").equalsIgnoreCase("close")) {
                    break;
                }
            }
        } catch (UncheckedIOException e) {
            // a connection that was closed with requests unread may lose its last answers; silence is another thing
            if (e.getCause() instanceof SocketTimeoutException) {
                throw new AssertionError("no answer: " + requests.get(answers), e);
            }
        }
        return answers;
    }

    private static void check(String request, Answer answer) {
        if (answer.status() >= 500 || answer.body().contains(Besieged.SECRET)) {
            throw new AssertionError(request + " -> " + Besieged.lasting(answer));
        }
    }
}
