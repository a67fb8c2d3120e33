package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.betrue.examples.microservices.OtlpCollector.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen from outside of all processes together: one trace, metrics of each, logs without secrets. */
class SeenIT {
    private static final int PROCESSES = 9;
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String BROWSER = "b7ad6b7169203331";
    private static final String NEW_PASSWORD = "another battery staple";
    private static final Pattern METRICS_AT = Pattern.compile("^(\\S+) +\\| .*Metrics at (http:[^\"\\s]+)");
    private static final Pattern SAID = Pattern.compile("^(\\S+) +\\| (\\{.*})$");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static final byte[] KEY = new byte[32];
    private static int firstPort;
    private static OtlpCollector collector;
    private static MailServer mail;
    private static Wallet wallet;
    private static User anna;
    private static User otto;

    @BeforeAll
    static void start() throws Exception {
        new Random(7).nextBytes(KEY);
        firstPort = freePorts();
        collector = new OtlpCollector();
        mail = new MailServer();
        wallet = Wallet.launch(
                directory,
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        collector.url(),
                        "METRICS_PORT",
                        Integer.toString(firstPort),
                        "LOG_FORMAT",
                        "json",
                        "LOG_LEVEL",
                        "debug",
                        "MAIL_SERVERS",
                        mail.url(),
                        "ACCOUNTS_TOKEN_SECRET",
                        Base64.getEncoder().encodeToString(KEY)));
        wallet.awaitLine("The wallet is ready at");
        for (int gateway = 1; gateway <= 2; gateway++) {
            int number = gateway;
            Wallet.eventually(
                    "gateway " + gateway + " is ready",
                    () -> wallet.get(number, "/health/ready").statusCode() == 200);
        }
        anna = User.registered(wallet);
        otto = User.registered(wallet);
    }

    @AfterAll
    static void stop() throws Exception {
        wallet.close();
        mail.close();
        collector.close();
    }

    /** {@return the first of as many as there are processes, below those that the system gives to whoever asks for any} */
    private static int freePorts() {
        for (int first = 20_000; first < 30_000; first += PROCESSES) {
            int candidate = first;
            if (IntStream.range(0, PROCESSES).allMatch(next -> isFree(candidate + next))) {
                return first;
            }
        }
        throw new AssertionError("no " + PROCESSES + " ports are free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static void chatMessageIn(String traceparent) throws Exception {
        String room = anna.ask(1, "chat/create-room", "{\"name\": \"Lunch\"}")
                .get("roomId")
                .asText();
        anna.ask(1, "chat/invite", "{\"roomId\": \"" + room + "\", \"userId\": \"" + otto.id() + "\"}");
        try (Line ottos = new Line(otto, 2);
                Line annas = new Line(anna, 1)) {
            ottos.send("{\"id\": 1, \"call\": \"_hub/join\", \"input\": {\"room\": \"chat/" + room + "\"}}");
            ottos.next(message -> message.path("event").asText().equals("_hub/joined"));
            annas.send("{\"id\": 2, \"call\": \"chat/send\", \"headers\": {\"traceparent\": \"" + traceparent
                    + "\"}, \"input\": {\"roomId\": \"" + room + "\", \"text\": \"a word for otto\"}}");
            annas.next(message -> message.path("id").asInt() == 2);
            ottos.next(message -> message.path("event").asText().equals("chat/said"));
        }
    }

    /** From the browser of one over a gateway, NATS, the chat and its database, the event's consumer and the hub to the other gateway, where the message goes to the browser of the other. */
    @Test
    void aChatMessageIsOneTraceAcrossAllProcesses() throws Exception {
        chatMessageIn("00-" + TRACE + "-" + BROWSER + "-01");
        List<String> way = List.of(
                "browser",
                "gateway: SERVER chat/send",
                "gateway: CLIENT chat/send",
                "chat: SERVER chat/send",
                "chat: PRODUCER send events/chat-push",
                "chat: CONSUMER process events/chat-push",
                "chat: PRODUCER send chat/said",
                "gateway: CONSUMER deliver chat/said");
        Wallet.eventually("the whole trace", () -> way(delivery()).equals(way) && hasSql() && strays().isEmpty());
        List<Span> all = collector.ofTrace(TRACE);
        assertThat(way(delivery())).isEqualTo(way);
        assertThat(all.stream().map(Span::instance).distinct()).as("processes").hasSizeGreaterThanOrEqualTo(3);
        assertThat(strays()).as("whose parent is nowhere").isEmpty();
        Span insert = all.stream()
                .filter(span -> span.name().contains("INSERT chat.messages"))
                .findFirst()
                .orElseThrow();
        assertThat(insert.kind()).isEqualTo("CLIENT");
        assertThat(title(insert.parent())).isEqualTo("chat: SERVER chat/send");
    }

    private static List<String> titles() {
        return collector.ofTrace(TRACE).stream().map(Span::title).toList();
    }

    private static List<String> strays() {
        List<Span> all = collector.ofTrace(TRACE);
        Set<String> ids = all.stream().map(Span::id).collect(Collectors.toSet());
        ids.add(BROWSER);
        return all.stream()
                .filter(span -> !ids.contains(span.parent()))
                .map(Span::title)
                .toList();
    }

    private static boolean hasSql() {
        return titles().stream().anyMatch(title -> title.contains("INSERT chat.messages"));
    }

    private static Span delivery() {
        return collector.ofTrace(TRACE).stream()
                .filter(span -> span.name().equals("deliver chat/said"))
                .findFirst()
                .orElseThrow();
    }

    private static String title(String id) {
        return collector.ofTrace(TRACE).stream()
                .filter(span -> span.id().equals(id))
                .map(Span::title)
                .findFirst()
                .orElse("nobody");
    }

    /** {@return from the browser's own span down to one, each the parent of the next} */
    private static List<String> way(Span last) {
        Map<String, Span> byId = collector.ofTrace(TRACE).stream()
                .collect(Collectors.toMap(Span::id, Function.identity(), (one, two) -> one));
        List<String> way = new ArrayList<>();
        String id = last.id();
        while (byId.containsKey(id)) {
            way.add(0, byId.get(id).title());
            id = byId.get(id).parent();
        }
        way.add(0, id.equals(BROWSER) ? "browser" : "nobody");
        return way;
    }

    /** Each at a port of its own; and no door of a gateway leads there. */
    @Test
    void everyProcessHasMetricsAndNoneAtItsDoors() throws Exception {
        Map<String, String> at = metricsAt();
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
        assertThat(roles).hasSize(PROCESSES);
        Map<Integer, String> started = new TreeMap<>();
        metricsAt()
                .forEach((process, url) ->
                        started.put(URI.create(url).getPort() - firstPort + 9470, process.replaceFirst("-\\d$", "")));
        assertThat(started).isEqualTo(roles);
    }

    private static Map<String, String> metricsAt() {
        Map<String, String> at = new TreeMap<>();
        for (String line : wallet.lines()) {
            Matcher found = METRICS_AT.matcher(line.replace("\\/", "/"));
            if (found.find()) {
                at.put(found.group(1), found.group(2));
            }
        }
        return at;
    }

    /** On threads of handlers, of NATS and of jobs. */
    @Test
    void linesAreObjectsThatSayInWhichSpanTheyWereWritten() throws Exception {
        String trace = "1af7651916cd43dd8448eb211c80319c";
        chatMessageIn("00-" + trace + "-" + BROWSER + "-01");
        anna.ask(1, "ledger/statement", "{\"currency\": \"EUR\"}");
        Wallet.eventually(
                "lines of both ends",
                () -> said(trace, "gateway").size() > 0 && said(trace, "chat").size() > 0);
        for (String role : List.of("gateway", "chat")) {
            assertThat(said(trace, role)).as(role).allSatisfy(line -> {
                assertThat(line.get("loggerName").asText()).isNotEmpty();
                assertThat(line.path("span_id").asText()).as(line.toString()).matches("[0-9a-f]{16}");
            });
        }
        Wallet.eventually("a statement in the log of jobs", () -> !ofJobs().isMissingNode());
        assertThat(ofJobs().path("trace_id").asText()).matches("[0-9a-f]{32}");
        assertThat(ofJobs().path("span_id").asText()).matches("[0-9a-f]{16}");
    }

    private static List<JsonNode> said(String trace, String role) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : wallet.lines()) {
            Matcher found = SAID.matcher(line);
            if (found.find() && found.group(1).startsWith(role) && line.contains("\"trace_id\":\"" + trace)) {
                lines.add(JSON.readTree(found.group(2)));
            }
        }
        return lines;
    }

    private static JsonNode ofJobs() throws Exception {
        for (String line : wallet.lines()) {
            Matcher found = SAID.matcher(line);
            if (found.find() && found.group(1).equals("jobs") && line.contains("Your EUR account")) {
                return JSON.readTree(found.group(2));
            }
        }
        return MissingNode.getInstance();
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
        int letters = mail.codes().size();
        assertThat(wallet.post(2, "accounts/recover", "{\"email\": \"" + paula.email() + "\"}")
                        .statusCode())
                .isEqualTo(200);
        Wallet.eventually("a letter with a code", () -> mail.codes().size() > letters);
        String code = mail.codes().get(mail.codes().size() - 1);
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
        chatMessageIn("00-2af7651916cd43dd8448eb211c80319c-" + BROWSER + "-01");
        assertThat(wallet.output()).contains("accounts\\/reset-password", "accounts\\/refresh");
        List<String> secrets = List.of(
                "staple battery horse",
                NEW_PASSWORD,
                code,
                paula.token(),
                session.get("token").asText(),
                session.get("refreshToken").asText(),
                renewed.get("token").asText(),
                renewed.get("refreshToken").asText(),
                Base64.getEncoder().encodeToString(KEY),
                password(),
                "Bearer ",
                "uthorization",
                "a word for otto");
        for (String secret : secrets) {
            assertThat(wallet.lines())
                    .filteredOn(line -> line.contains(secret))
                    .as("lines with the secret " + secret)
                    .isEmpty();
        }
    }

    private static String password() throws Exception {
        return Files.readString(directory.resolve(".data/postgres/password")).strip();
    }
}
