package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files over HTTP: what goes in comes out, and nothing else goes in. */
class FilesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int LARGE = 15 * 1024 * 1024;

    @TempDir
    static Path directory;

    private static MonolithProcess monolith;

    @BeforeAll
    static void start() throws Exception {
        monolith = MonolithProcess.start(directory, Map.of(), "--ephemeral");
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    /** Bytes that begin as a PNG does. */
    private static byte[] picture(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        byte[] head = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }

    private static HttpRequest.Builder request(User user, String code) throws Exception {
        return HttpRequest.newBuilder(URI.create(monolith.url() + "/api/" + code))
                .timeout(Duration.ofMinutes(1))
                .header("Timeout-Ms", "60000")
                .header("Authorization", "Bearer " + user.token());
    }

    private static HttpResponse<String> send(User user, String name, String type, BodyPublisher body) throws Exception {
        HttpRequest request = request(user, "files/upload")
                .header("Content-Type", type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .POST(body)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static JsonNode upload(User user, byte[] bytes) throws Exception {
        HttpResponse<String> response = send(user, "holiday.png", "image/png", BodyPublishers.ofByteArray(bytes));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return User.json(response);
    }

    private static HttpResponse<InputStream> ask(User user, String code, String input) throws Exception {
        HttpRequest request = request(user, code)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(input))
                .build();
        return CLIENT.send(request, BodyHandlers.ofInputStream());
    }

    private static String one(JsonNode file) {
        return "{\"fileId\": \"" + file.get("fileId").asText() + "\"}";
    }

    private static String sha256(InputStream stream) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[8_192];
        try (stream) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void whatGoesInComesOut() throws Exception {
        User anna = User.registered(monolith);
        byte[] bytes = picture(LARGE);
        String sum = sha256(new ByteArrayInputStream(bytes));
        BodyPublisher pieces = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
        for (BodyPublisher body : List.of(pieces, BodyPublishers.fromPublisher(pieces, LARGE))) {
            JsonNode file = User.json(send(anna, "my \\\"holiday\\\".png", "image/png", body));
            assertThat(file.get("size").asInt()).isEqualTo(LARGE);
            assertThat(file.get("sha256").asText()).isEqualTo(sum);
            HttpResponse<InputStream> download = ask(anna, "files/download", one(file));
            assertThat(download.statusCode()).isEqualTo(200);
            assertThat(header(download, "Content-Type")).isEqualTo("image/png");
            assertThat(header(download, "Content-Length")).isEqualTo(String.valueOf(LARGE));
            assertThat(header(download, "Content-Disposition")).isEqualTo("attachment; filename=\"my _holiday_.png\"");
            assertThat(header(download, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(download, "ETag")).isEqualTo("\"" + sum + "\"");
            assertThat(sha256(download.body())).isEqualTo(sum);
        }
    }

    @Test
    void aLyingTypeIsRefused() throws Exception {
        User anna = User.registered(monolith);
        HttpResponse<String> response =
                send(anna, "a.png", "image/png", BodyPublishers.ofString("<script>alert(1)</script>"));
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(User.json(response).get("code").asText()).isEqualTo("FILE_TYPE_DIFFERS");
        response = send(anna, "a.html", "text/html", BodyPublishers.ofString("<script>alert(1)</script>"));
        assertThat(User.json(response).get("code").asText()).isEqualTo("FILE_TYPE_REFUSED");
        assertThat(anna.ask("files/list", "{}").get("files")).isEmpty();
    }

    /** Sends the head of a request and no byte of its body. */
    @Test
    void tooLargeIsRefusedBeforeTheFirstByte() throws Exception {
        User anna = User.registered(monolith);
        URI url = URI.create(monolith.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/files/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + anna.token()
                            + "\r\nContent-Type: image/png\r\nContent-Length: " + 21 * 1024 * 1024 + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            byte[] status = socket.getInputStream().readNBytes(12);
            assertThat(new String(status, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 413");
        }
        BodyPublisher endless = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(picture(22 * 1024 * 1024)));
        HttpResponse<String> response = send(anna, "a.png", "image/png", endless);
        assertThat(User.json(response).get("code").asText()).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(User.json(response).get("limit").asInt()).isEqualTo(20 * 1024 * 1024);
    }

    @Test
    void filesOfOthersLookLikeNone() throws Exception {
        User anna = User.registered(monolith);
        User otto = User.registered(monolith);
        String input = one(upload(anna, picture(1_000)));
        String nothing = "{\"fileId\": \"" + UUID.randomUUID() + "\"}";
        for (String code : List.of("files/download", "files/describe", "files/delete")) {
            assertThat(problem(otto, code, input))
                    .isEqualTo(problem(otto, code, nothing))
                    .startsWith("404");
        }
        assertThat(problem(otto, "files/read", input)).as("is for services").startsWith("404 NOT_FOUND");
        assertThat(problem(anna, "files/attach", "{\"fileIds\": []}")).startsWith("404 NOT_FOUND");
    }

    /** All that a problem says but its trace. */
    private static String problem(User user, String code, String input) throws Exception {
        HttpResponse<InputStream> response = ask(user, code, input);
        JsonNode problem = JSON.readTree(response.body());
        return response.statusCode() + " " + problem.get("code").asText() + " " + problem.get("title")
                + problem.get("detail") + problem.size();
    }

    @Test
    void membersOfARoomGetWhatIsAttachedThere() throws Exception {
        User anna = User.registered(monolith);
        User otto = User.registered(monolith);
        byte[] bytes = picture(300_000);
        String file = upload(anna, bytes).get("fileId").asText();
        String room = anna.ask("chat/create-room", "{\"name\": \"Lunch\"}")
                .get("roomId")
                .asText();
        byte[] claims = Base64.getUrlDecoder().decode(otto.token().split("[.]", -1)[1]);
        String guest = JSON.readTree(claims).get("sub").asText();
        anna.ask("chat/invite", "{\"roomId\": \"" + room + "\", \"userId\": \"" + guest + "\"}");
        JsonNode said = anna.ask(
                "chat/send", "{\"roomId\": \"" + room + "\", \"text\": \"look\", \"attachments\": [\"" + file + "\"]}");
        assertThat(said.at("/attachments/0/name").asText()).isEqualTo("holiday.png");
        String input = "{\"roomId\": \"" + room + "\", \"messageId\": \""
                + said.get("messageId").asText() + "\", \"fileId\": \"" + file + "\"}";
        HttpResponse<InputStream> download = ask(otto, "chat/attachment", input);
        assertThat(header(download, "Content-Disposition")).isEqualTo("attachment; filename=\"holiday.png\"");
        assertThat(sha256(download.body())).isEqualTo(sha256(new ByteArrayInputStream(bytes)));
        otto.ask("chat/leave", "{\"roomId\": \"" + room + "\"}");
        assertThat(problem(otto, "chat/attachment", input)).startsWith("404 ROOM_NOT_FOUND");
    }

    @Test
    void killedInTheMiddleOfAnUploadItShowsNothingOfIt(@TempDir Path own) throws Exception {
        MonolithProcess first = MonolithProcess.start(own, Map.of());
        User anna = User.registered(first);
        URI url = URI.create(first.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/files/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + anna.token()
                            + "\r\nContent-Type: image/png\r\nContent-Length: 2000000\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(picture(1_000_000));
            out.flush();
            Eventually.holds(() -> !files(own.resolve(".data/files")).isEmpty(), "bytes are on their way");
            first.signal("KILL");
        }
        first.awaitExit();
        try (MonolithProcess second = MonolithProcess.start(own, Map.of())) {
            assertThat(User.signedIn(second, anna.email())
                            .ask("files/list", "{}")
                            .get("files"))
                    .isEmpty();
            assertThat(files(own.resolve(".data/files")))
                    .hasSize(1)
                    .allMatch(path -> path.startsWith(own.resolve(".data/files/incoming")));
        }
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
