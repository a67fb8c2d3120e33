package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.commands.CommandClient;
import io.betrue.commands.nats.NatsClient;
import io.betrue.commands.nats.NatsCommands;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.examples.ledger.api.Deposit;
import io.betrue.examples.ledger.api.LedgerCommands;
import io.betrue.testsupport.ForgedToken;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One launch for all: what users do first, then what goes wrong, at last the end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WalletIT {
    private static final long SIGINT = 1L << 1; // bits are numbered from signal 1

    @TempDir
    static Path directory;

    private static Wallet wallet;

    @BeforeAll
    static void start() throws Exception {
        wallet = Wallet.ready(directory, "--keep-going");
        for (int gateway = 1; gateway <= 2; gateway++) {
            int number = gateway;
            Wallet.eventually(
                    "gateway " + gateway + " is ready",
                    () -> wallet.get(number, "/health/ready").statusCode() == 200);
        }
    }

    @AfterAll
    static void stop() {
        wallet.close();
    }

    @Test
    @Order(1)
    void movesMoneyThroughBothGateways() throws Exception {
        User anna = User.registered(wallet);
        User otto = User.registered(wallet);
        anna.ask(1, "ledger/deposit", "{\"currency\": \"EUR\", \"amount\": \"10.50\"}");
        JsonNode left = anna.ask(
                2, "ledger/transfer", "{\"to\": \"" + otto.id() + "\", \"currency\": \"EUR\", \"amount\": \"4.00\"}");
        assertThat(left.get("balance").asText()).isEqualTo("6.50");
        try (Line line = new Line(otto, 2)) {
            line.send("{\"id\": 7, \"call\": \"ledger/balance\", \"input\": {\"currency\": \"EUR\"}}");
            JsonNode answer = line.next(message -> message.path("id").asInt() == 7);
            assertThat(answer.at("/output/balances/0/balance").asText()).isEqualTo("4.00");
        }
    }

    @Test
    @Order(2)
    void refusesATransferToNobody() throws Exception {
        User anna = User.registered(wallet);
        HttpResponse<String> refusal = anna.post(
                1,
                "ledger/transfer",
                "{\"to\": \"00000000-0000-4000-8000-000000000000\", \"currency\": \"EUR\", \"amount\": \"1.00\"}");
        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(Wallet.json(refusal).get("code").asText()).isEqualTo("UNKNOWN_RECEIVER");
    }

    @Test
    @Order(3)
    void tellsAtOneGatewayWhatWasSaidAtTheOther() throws Exception {
        User anna = User.registered(wallet);
        User otto = User.registered(wallet);
        String room = anna.ask(1, "chat/create-room", "{\"name\": \"Lunch\"}")
                .get("roomId")
                .asText();
        anna.ask(1, "chat/invite", "{\"roomId\": \"" + room + "\", \"userId\": \"" + otto.id() + "\"}");
        try (Line line = new Line(otto, 2)) {
            line.send("{\"id\": 1, \"call\": \"_hub/join\", \"input\": {\"room\": \"chat/" + room + "\"}}");
            line.next(message -> message.path("event").asText().equals("_hub/joined"));
            JsonNode said = anna.ask(1, "chat/send", "{\"roomId\": \"" + room + "\", \"text\": \"hello\"}");
            assertThat(line.next(message -> message.path("event").asText().equals("chat/said"))
                            .get("data"))
                    .isEqualTo(said);
        }
    }

    /** Through a gateway, files, chat and another gateway; larger than what NATS carries in one message. */
    @Test
    @Order(4)
    void showsAFileToWhoIsInTheRoom() throws Exception {
        User anna = User.registered(wallet);
        User otto = User.registered(wallet);
        byte[] picture = new byte[3_000_000];
        new Random(3).nextBytes(picture);
        System.arraycopy("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1), 0, picture, 0, 8);
        JsonNode file = anna.upload(1, "holiday.png", "image/png", picture);
        String room = anna.ask(1, "chat/create-room", "{\"name\": \"Holiday\"}")
                .get("roomId")
                .asText();
        JsonNode said = anna.ask(
                2,
                "chat/send",
                "{\"roomId\": \"" + room + "\", \"text\": \"look\", \"attachments\": [" + file.get("fileId") + "]}");
        String attachment = "{\"roomId\": \"" + room + "\", \"messageId\": " + said.get("messageId") + ", \"fileId\": "
                + file.get("fileId") + "}";
        assertThat(otto.bytes(2, "chat/attachment", attachment).statusCode()).isEqualTo(404);
        anna.ask(1, "chat/invite", "{\"roomId\": \"" + room + "\", \"userId\": \"" + otto.id() + "\"}");
        HttpResponse<byte[]> shown = otto.bytes(2, "chat/attachment", attachment);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(shown.body()).isEqualTo(picture);
        assertThat(otto.bytes(1, "files/download", "{\"fileId\": " + file.get("fileId") + "}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(4)
    void lettersAndStatementsAreSentByTheProcessOfJobs() throws Exception {
        User anna = User.registered(wallet);
        anna.ask(1, "ledger/statement", "{\"currency\": \"EUR\"}");
        Wallet.eventually(
                "a statement in the log of jobs",
                () -> wallet.lines().stream()
                        .anyMatch(line -> line.startsWith("jobs ") && line.contains("Your EUR account")));
        wallet.post(2, "accounts/recover", "{\"email\": \"" + anna.email() + "\"}");
        Wallet.eventually(
                "a letter in the log of jobs",
                () -> wallet.lines().stream()
                        .anyMatch(line -> line.startsWith("jobs ") && line.contains("Set a new password")));
    }

    @Test
    @Order(5)
    @SuppressWarnings("try") // closing a connection may be interrupted
    void refusesWhoeverCallsAServicePastTheGatewayWithoutRights() throws Exception {
        User anna = User.registered(wallet);
        try (Connection connection =
                        Nats.connect(NatsCommands.options(wallet.nats()).build());
                NatsClient nats = NatsCommands.client(connection)) {
            CommandClient client = CommandClient.of(nats);
            Deposit deposit = new Deposit("EUR", "1.00");
            for (CommandClient stranger : List.of(
                    client,
                    client.bearer("forged"),
                    client.bearer(anna.token() + "x"),
                    client.bearer(ForgedToken.unsigned(anna.token())),
                    client.bearer(ForgedToken.of(anna.token(), new byte[32], claims -> claims)))) {
                assertThatThrownBy(() -> stranger.call(LedgerCommands.DEPOSIT, deposit))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                refusal -> assertThat(refusal.code()).isEqualTo(StandardError.UNAUTHENTICATED));
            }
            assertThatThrownBy(() -> client.bearer(anna.token()).call(LedgerCommands.DEPOSIT, new Deposit("EUR", "-1")))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(StandardError.VALIDATION_FAILED));
            assertThat(client.bearer(anna.token())
                            .call(LedgerCommands.DEPOSIT, deposit)
                            .balance())
                    .isEqualTo("1.00");
        }
    }

    @Test
    @Order(6)
    void commandsBetweenServicesAreNotThereForCallersFromOutside() throws Exception {
        User anna = User.registered(wallet);
        assertThat(anna.post(1, "accounts/user", "{\"userId\": \"" + anna.id() + "\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(7)
    void callsGoOnWhenAnInstanceIsKilled() throws Exception {
        User anna = User.registered(wallet);
        List<ProcessHandle> ledgers = wallet.processesOf("ledger");
        assertThat(ledgers).hasSize(2);
        ledgers.get(0).destroyForcibly();
        ledgers.get(0).onExit().join();
        wallet.awaitLine("ended by itself with status 137; the others go on");
        for (int i = 0; i < 20; i++) {
            anna.ask(1 + i % 2, "ledger/deposit", "{\"currency\": \"EUR\", \"amount\": \"1.00\"}");
        }
        assertThat(anna.ask(1, "ledger/balance", "{\"currency\": \"EUR\"}")
                        .at("/balances/0/balance")
                        .asText())
                .isEqualTo("20.00");
        assertThat(wallet.get(1, "/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(8)
    void saysWhichServiceIsMissing() throws Exception {
        User anna = User.registered(wallet);
        for (ProcessHandle chat : wallet.processesOf("chat")) {
            chat.destroy(); // SIGTERM
            chat.onExit().join();
        }
        HttpResponse<String> refusal = anna.post(1, "chat/rooms", "{}");
        assertThat(refusal.statusCode()).isEqualTo(503);
        assertThat(refusal.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(Wallet.json(refusal).get("code").asText()).isEqualTo("UNAVAILABLE");
        Wallet.eventually(
                "a gateway that is not ready",
                () -> wallet.get(2, "/health/ready").body().contains("no chat"));
        assertThat(anna.ask(2, "ledger/balance", "{}").has("balances")).isTrue();
    }

    @Test
    @Order(9)
    void leavesNoProcessBehindAfterCtrlC() throws Exception {
        List<ProcessHandle> all = wallet.all();
        assertThat(all).hasSizeGreaterThan(6);
        wallet.signal("INT");
        if (ignoresCtrlC()) {
            wallet.signal("TERM"); // who is born deaf to SIGINT, as children of a background shell are, stays so
        }
        assertThat(wallet.awaitExit()).as(wallet.output()).isZero();
        assertThat(all).noneMatch(ProcessHandle::isAlive);
        assertThat(wallet.output()).doesNotContain("was killed", "\tat ", "accounts   | its output broke");
        assertThat(wallet.output()).as("the last words").containsPattern("accounts +\\| .* Stopped in ");
    }

    /** Whether this process, and so its children, was started to ignore SIGINT; only Linux tells. */
    private static boolean ignoresCtrlC() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.notExists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(line.indexOf('\t') + 1), 16))
                .anyMatch(ignored -> (ignored & SIGINT) != 0);
    }
}
