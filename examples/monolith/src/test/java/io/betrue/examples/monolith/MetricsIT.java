package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.examples.monolith.Dashboards.Question;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running application shows of itself after somebody has used all of it. */
class MetricsIT {
    private static final Pattern AT = Pattern.compile("Metrics at (http:\\S+)");
    private static final Pattern NAME = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)[ {]");

    /** Prometheus says these itself. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up");

    /** A gateway says these, and {@code GatewayMetricsHttpTest} of the microservices looks at them: nothing is between the doors and the services here. */
    private static final String OF_GATEWAYS = "betrue_gateway_";

    @TempDir
    static Path directory;

    private static MonolithProcess monolith;

    @BeforeAll
    static void start() throws Exception {
        monolith = MonolithProcess.start(
                directory,
                Map.of("METRICS_PORT", "0", "JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -Xmn16m"), // small: it collects soon
                "--ephemeral");
        walk();
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    /** Uses every part: calls, refusals, files of pages, a room over a WebSocket, a job. */
    private static void walk() throws Exception {
        User anna = User.registered(monolith);
        String room = anna.ask("chat/create-room", "{\"name\": \"Lunch\"}")
                .get("roomId")
                .asText();
        Inbox inbox = new Inbox();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(monolith.url().replace("http:", "ws:") + "/ws"), inbox)
                .join();
        socket.sendText("{\"auth\": \"" + anna.token() + "\"}", true).join();
        socket.sendText("{\"id\": 1, \"call\": \"_hub/join\", \"input\": {\"room\": \"chat/" + room + "\"}}", true)
                .join();
        inbox.next(message -> message.path("event").asText().equals("_hub/joined"));
        anna.ask("chat/send", "{\"roomId\": \"" + room + "\", \"text\": \"hello\"}");
        inbox.next(message -> message.path("event").asText().equals("chat/said"));
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        anna.ask("ledger/deposit", "{\"currency\": \"EUR\", \"amount\": \"1.00\"}");
        anna.ask("ledger/statement", "{\"currency\": \"EUR\"}");
        monolith.awaitOutput("Your EUR account");
        assertThat(anna.post("ledger/deposit", "{}").statusCode()).isEqualTo(422);
        assertThat(monolith.get("/").statusCode()).isEqualTo(200);
        assertThat(monolith.get("/nothing/here").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> scrape() throws Exception {
        Matcher at = AT.matcher(monolith.output());
        assertThat(at.find()).as(monolith.output()).isTrue();
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(at.group(1))).build(), BodyHandlers.ofString());
    }

    private static Set<String> exposed() throws Exception {
        Set<String> names = new TreeSet<>();
        NAME.matcher(scrape().body()).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    @Test
    void saysEverythingThatDashboardsAndAlertsAskFor() throws Exception {
        List<Question> questions = new ArrayList<>(Dashboards.ofPanels());
        questions.addAll(Dashboards.ofVariables());
        questions.addAll(Dashboards.ofAlerts());
        Eventually.holds(
                () -> exposed().contains("jvm_gc_duration_seconds_count")
                        && exposed().contains("messaging_client_consumed_messages_total")
                        && exposed().contains("betrue_websocket_ended_total"),
                "a collection, the end of a job and that of a socket are counted");
        Set<String> exposed = exposed();
        exposed.addAll(OF_PROMETHEUS);
        Set<String> missing = new TreeSet<>();
        for (Question question : questions) {
            for (String name : PromQl.metrics(question.text())) {
                if (!exposed.contains(name) && !name.startsWith(OF_GATEWAYS)) {
                    missing.add(name + ", asked by " + question.where());
                }
            }
        }
        assertThat(missing).as("not among " + exposed).isEmpty();
    }

    @Test
    void answersInPrometheusOwnFormat() throws Exception {
        HttpResponse<String> answer = scrape();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("text/plain").contains("version=0.0.4"));
        assertThat(answer.body())
                .contains("# TYPE http_server_request_duration_seconds histogram", "service_name=\"monolith\"");
    }

    /** So that nobody reads from the world what there is and how much of it. */
    @Test
    void isNotToBeHadAtTheDoorsOfTheApplication() throws Exception {
        for (String path : List.of("/metrics", "/api/metrics", "/health/metrics", "/metrics/")) {
            HttpResponse<String> answer = monolith.get(path);
            assertThat(answer.statusCode()).as(path).isIn(404, 405);
            assertThat(answer.body()).doesNotContain("jvm_");
        }
    }

    @Test
    void namesRoutesAndNotPaths() throws Exception {
        String text = scrape().body();
        assertThat(text)
                .containsPattern("http_server_request_duration_seconds_count\\{[^}]*http_route=\"/api/ledger/deposit\"")
                .containsPattern(
                        "http_server_request_duration_seconds_count\\{[^}]*http_response_status_code=\"422\"[^}]*http_route=\"/api/ledger/deposit\"")
                .doesNotContain("nothing/here");
        JsonNode unused = User.json(monolith.get("/health/live"));
        assertThat(unused.get("status").asText()).isEqualTo("live");
    }

    /** Each call is counted once, whichever way it came in. */
    @Test
    void countsACommandOnceWhereverItComesFrom() throws Exception {
        String text = scrape().body();
        assertThat(count(text, "rpc_server_call_duration_seconds_count", "rpc_method=\"chat/create-room\""))
                .isEqualTo(1);
        assertThat(count(text, "rpc_server_call_duration_seconds_count", "rpc_method=\"_hub/join\""))
                .isEqualTo(1);
        assertThat(count(text, "http_server_request_duration_seconds_count", "http_route=\"/api/chat/create-room\""))
                .isEqualTo(1);
        assertThat(text)
                .containsPattern(
                        "rpc_server_call_duration_seconds_bucket\\{[^}]*le=\"0.005\""); // seconds, not milliseconds
    }

    @Test
    void timesStatementsByWhatTheyDoAndWhereAndNeverByValues() throws Exception {
        String text = scrape().body();
        assertThat(text)
                .containsPattern(
                        "db_client_operation_duration_seconds_count\\{[^}]*db_query_summary=\"[^\"]*INSERT chat.messages")
                .containsPattern("db_client_operation_duration_seconds_count\\{[^}]*db_query_summary=\"[^\"]*ledger\\.")
                .contains("db_client_connection_pool_name=\"database\"")
                .doesNotContain("Lunch", "hello", "example.org");
    }

    private static double count(String text, String name, String label) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
