package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.examples.microservices.OtlpCollector.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen from outside of all processes together: one trace, metrics of each, logs without secrets. */
class SeenIT {
    private static final String NEW_PASSWORD = "another battery staple";

    @TempDir
    static Path directory;

    private static SeenWallet seen;
    private static Wallet wallet;
    private static User anna;
    private static User otto;

    @BeforeAll
    static void start() throws Exception {
        seen = new SeenWallet(directory);
        wallet = seen.wallet;
        seen.awaitReady();
        anna = User.registered(wallet);
        otto = User.registered(wallet);
    }

    @AfterAll
    static void stop() throws Exception {
        seen.close();
    }

    private static BrowserTrace trace(String id) {
        return new BrowserTrace(seen.collector, id);
    }

    private static void chatMessageIn(BrowserTrace trace) throws Exception {
        String room = anna.ask(1, "chat/create-room", "{\"name\": \"Lunch\"}")
                .get("roomId")
                .asText();
        anna.ask(1, "chat/invite", "{\"roomId\": \"" + room + "\", \"userId\": \"" + otto.id() + "\"}");
        try (Line ottos = new Line(otto, 2);
                Line annas = new Line(anna, 1)) {
            ottos.send("{\"id\": 1, \"call\": \"_hub/join\", \"input\": {\"room\": \"chat/" + room + "\"}}");
            ottos.next(message -> message.path("event").asText().equals("_hub/joined"));
            annas.send("{\"id\": 2, \"call\": \"chat/send\", \"headers\": {\"traceparent\": \"" + trace.parent()
                    + "\"}, \"input\": {\"roomId\": \"" + room + "\", \"text\": \"a word for otto\"}}");
            annas.next(message -> message.path("id").asInt() == 2);
            ottos.next(message -> message.path("event").asText().equals("chat/said"));
        }
    }

    /** From the browser of one over a gateway, NATS, the chat and its database, the event's consumer and the hub to the other gateway, where the message goes to the browser of the other. */
    @Test
    void aChatMessageIsOneTraceAcrossAllProcesses() throws Exception {
        BrowserTrace trace = trace("0af7651916cd43dd8448eb211c80319c");
        chatMessageIn(trace);
        List<String> way = List.of(
                "browser",
                "gateway: SERVER chat/send",
                "gateway: CLIENT chat/send",
                "chat: SERVER chat/send",
                "chat: PRODUCER send events/chat-push",
                "chat: CONSUMER process events/chat-push",
                "chat: PRODUCER send chat/said",
                "gateway: CONSUMER deliver chat/said");
        Wallet.eventually(
                "the whole trace",
                () -> trace.way(trace.span("deliver chat/said")).equals(way)
                        && trace.has("INSERT chat.messages")
                        && trace.strays().isEmpty());
        assertThat(trace.spans().stream().map(Span::instance).distinct())
                .as("processes")
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(trace.strays()).as("whose parent is nowhere").isEmpty();
        Span insert = trace.span("INSERT chat.messages");
        assertThat(insert.kind()).isEqualTo("CLIENT");
        assertThat(trace.way(insert))
                .containsExactly(
                        "browser",
                        "gateway: SERVER chat/send",
                        "gateway: CLIENT chat/send",
                        "chat: SERVER chat/send",
                        insert.title());
    }

    /** Each at a port of its own; and no door of a gateway leads there. */
    @Test
    void everyProcessHasMetricsAndNoneAtItsDoors() throws Exception {
        Map<String, String> at = seen.metricsAt();
        assertThat(at)
                .containsOnlyKeys(
                        "accounts",
                        "ledger-1",
                        "ledger-2",
                        "chat-1",
                        "chat-2",
                        "files",
                        "jobs",
                        "gateway-1",
                        "gateway-2");
        for (Map.Entry<String, String> process : at.entrySet()) {
            String role = process.getKey().replaceFirst("-\\d$", "");
            String text = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(process.getValue())).build(), BodyHandlers.ofString())
                    .body();
            assertThat(text)
                    .as(process.getKey())
                    .contains("service_name=\"" + role + "\"", "jvm_memory_used_bytes{", "jvm_thread_count{");
            if (role.equals("gateway")) {
                assertThat(text)
                        .contains(
                                "http_server_request_duration_seconds_count{",
                                "betrue_hub_connections",
                                "betrue_websocket_connections");
            } else {
                assertThat(text).contains("db_client_operation_duration_seconds_count{", "db_client_connection_max{");
            }
        }
        for (int gateway = 1; gateway <= 2; gateway++) {
            assertThat(wallet.get(gateway, "/metrics").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void prometheusScrapesEveryProcessOfTheLauncherInItsOrder() throws Exception {
        String config = Files.readString(Path.of("../ops/prometheus.yml"));
        Map<Integer, String> roles = new TreeMap<>();
        Matcher targets = Pattern.compile("targets: \\[([^]]*)]\\R +labels: \\{role: (\\w+)}")
                .matcher(config);
        while (targets.find()) {
            for (String target : targets.group(1).split(", ", -1)) {
                roles.put(Integer.parseInt(target.replaceAll("\"|.*:", "")), targets.group(2));
            }
        }
        assertThat(roles.remove(9464)).isEqualTo("monolith");
        assertThat(roles).hasSize(SeenWallet.PROCESSES);
        Map<Integer, String> started = new TreeMap<>();
        seen.metricsAt()
                .forEach((process, url) -> started.put(
                        URI.create(url).getPort() - seen.firstPort + 9470, process.replaceFirst("-\\d$", "")));
        assertThat(started).isEqualTo(roles);
    }

    /** On threads of handlers, of NATS and of jobs. */
    @Test
    void linesAreObjectsThatSayInWhichSpanTheyWereWritten() throws Exception {
        String trace = "1af7651916cd43dd8448eb211c80319c";
        String inTrace = "\"trace_id\":\"" + trace;
        chatMessageIn(trace(trace));
        anna.ask(1, "ledger/statement", "{\"currency\": \"EUR\"}");
        for (String role : List.of("gateway", "chat")) {
            Wallet.eventually(
                    "lines of " + role, () -> !seen.said(role, inTrace).isEmpty());
            assertThat(seen.said(role, inTrace)).as(role).allSatisfy(line -> {
                assertThat(line.get("loggerName").asText()).isNotEmpty();
                assertThat(line.path("span_id").asText()).as(line.toString()).matches("[0-9a-f]{16}");
            });
        }
        Wallet.eventually("a statement in the log of jobs", () -> !ofJobs().isEmpty());
        assertThat(ofJobs().get(0).path("trace_id").asText()).matches("[0-9a-f]{32}");
        assertThat(ofJobs().get(0).path("span_id").asText()).matches("[0-9a-f]{16}");
    }

    private static List<JsonNode> ofJobs() throws Exception {
        return seen.said("jobs", "Your EUR account");
    }

    /** Also with everything in them that an engineer may want. */
    @Test
    void noLineHasASecretInIt() throws Exception {
        User paula = User.registered(wallet);
        String credentials = "{\"email\": \"" + paula.email() + "\", \"password\": \"staple battery horse\"}";
        JsonNode session = Wallet.json(wallet.post(1, "accounts/sign-in", credentials));
        JsonNode renewed = Wallet.json(wallet.post(
                1,
                "accounts/refresh",
                "{\"refreshToken\": \"" + session.get("refreshToken").asText() + "\"}"));
        int letters = seen.mail.codes().size();
        assertThat(wallet.post(2, "accounts/recover", "{\"email\": \"" + paula.email() + "\"}")
                        .statusCode())
                .isEqualTo(200);
        Wallet.eventually("a letter with a code", () -> seen.mail.codes().size() > letters);
        String code = seen.mail.codes().get(seen.mail.codes().size() - 1);
        assertThat(wallet.post(
                                1,
                                "accounts/reset-password",
                                "{\"email\": \"" + paula.email() + "\", \"code\": \"" + code + "\", \"password\": \""
                                        + NEW_PASSWORD + "\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(wallet.post(1, "accounts/sign-in", credentials).statusCode()).isEqualTo(401);
        paula.post(1, "ledger/deposit", "{\"currency\": \"EUR\", \"amount\": \"a\"}"); // refused
        wallet.post(1, "chat/rooms", "{}", "Authorization", "Bearer forged." + NEW_PASSWORD); // refused
        wallet.get(1, "/api/accounts/me?token=" + paula.token());
        chatMessageIn(trace("2af7651916cd43dd8448eb211c80319c"));
        assertThat(wallet.output()).contains("accounts\\/reset-password", "accounts\\/refresh");
        List<String> secrets = new ArrayList<>(seen.secrets());
        secrets.addAll(List.of(
                "staple battery horse",
                NEW_PASSWORD,
                code,
                paula.token(),
                session.get("token").asText(),
                session.get("refreshToken").asText(),
                renewed.get("token").asText(),
                renewed.get("refreshToken").asText(),
                "Bearer ",
                "uthorization",
                "a word for otto"));
        for (String secret : secrets) {
            assertThat(wallet.lines())
                    .filteredOn(line -> line.contains(secret))
                    .as("lines with the secret " + secret)
                    .isEmpty();
        }
    }
}
