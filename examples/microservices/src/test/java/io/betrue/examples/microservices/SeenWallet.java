package io.betrue.examples.microservices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.testsupport.MailServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A wallet with all that is seen of it from outside: traces go to a collector, metrics are at known ports, lines are JSON, and letters go to a mail server. */
final class SeenWallet implements AutoCloseable {
    static final int PROCESSES = 9;
    private static final Pattern METRICS_AT = Pattern.compile("^(\\S+) +\\| .*Metrics at (http:[^\"\\s]+)");
    private static final Pattern SAID = Pattern.compile("^(\\S+) +\\| (\\{.*})$");
    private static final ObjectMapper JSON = new ObjectMapper();

    final OtlpCollector collector = new OtlpCollector();
    final MailServer mail = MailServer.start();
    final int firstPort = freePorts();
    final Wallet wallet;
    private final Path directory;
    private final byte[] key = new byte[32];

    SeenWallet(Path directory) throws IOException {
        this.directory = directory;
        new Random(7).nextBytes(key);
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
                        mail.url() + "?tls=off",
                        "ACCOUNTS_TOKEN_SECRET",
                        Base64.getEncoder().encodeToString(key)));
    }

    void awaitReady() {
        wallet.awaitLine("The wallet is ready at");
        for (int gateway = 1; gateway <= 2; gateway++) {
            int number = gateway;
            Wallet.eventually(
                    "gateway " + gateway + " is ready",
                    () -> wallet.get(number, "/health/ready").statusCode() == 200);
        }
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

    /** {@return where the metrics of each process are, by its name} */
    Map<String, String> metricsAt() {
        Map<String, String> at = new TreeMap<>();
        for (String line : wallet.lines()) {
            Matcher found = METRICS_AT.matcher(line.replace("\\/", "/"));
            if (found.find()) {
                at.put(found.group(1), found.group(2));
            }
        }
        return at;
    }

    /** {@return the lines with a text in them of all processes of a role} */
    List<JsonNode> said(String role, String text) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : wallet.lines()) {
            Matcher found = SAID.matcher(line);
            if (found.find() && found.group(1).startsWith(role) && line.contains(text)) {
                lines.add(JSON.readTree(found.group(2)));
            }
        }
        return lines;
    }

    /** {@return the secrets of the processes themselves} */
    List<String> secrets() throws IOException {
        return List.of(
                Base64.getEncoder().encodeToString(key),
                Files.readString(directory.resolve(".data/postgres/password")).strip());
    }

    @Override
    public void close() throws IOException {
        wallet.close();
        mail.close();
        collector.close();
    }
}
