package io.betrue.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpMailerIT {
    private static final Mail MAIL = new Mail("letter-7", "ann@example.org", "Grüße", "Your code is 7KQ4X-9TM2P\n");

    /** Takes one letter, or refuses it; {@return what the client said} */
    private static List<String> conversation(ServerSocket listening, boolean refuses) {
        List<String> said = new ArrayList<>();
        try (Socket socket = listening.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            OutputStream out = socket.getOutputStream();
            answer(out, "220 test");
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                said.add(line);
                if (data) {
                    data = !line.equals(".");
                    if (!data) {
                        answer(out, "250 taken");
                    }
                } else if (line.equals("DATA")) {
                    data = true;
                    answer(out, "354 go on");
                } else if (line.startsWith("RCPT") && refuses) {
                    answer(out, "550 nobody here");
                } else {
                    answer(out, line.equals("QUIT") ? "221 bye" : "250 ok");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return said;
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static SmtpMailer to(ServerSocket listening, String query) {
        return SmtpMailer.of(URI.create("smtp://127.0.0.1:" + listening.getLocalPort() + query), "wallet@example.org");
    }

    @Test
    void handsALetterToTheServer() throws Exception {
        try (ServerSocket listening = listen()) {
            CompletableFuture<List<String>> said = CompletableFuture.supplyAsync(() -> conversation(listening, false));
            to(listening, "?tls=off").send(MAIL);
            assertThat(said.get(30, TimeUnit.SECONDS))
                    .contains("MAIL FROM:<wallet@example.org>", "RCPT TO:<ann@example.org>")
                    .contains(
                            "To: ann@example.org",
                            "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=",
                            "Auto-Submitted: auto-generated")
                    .contains("Your code is 7KQ4X-9TM2P");
        }
    }

    @Test
    void sendsNothingWithoutTls() throws Exception {
        try (ServerSocket listening = listen()) {
            CompletableFuture<List<String>> said = CompletableFuture.supplyAsync(() -> conversation(listening, false));
            assertThatThrownBy(() -> to(listening, "").send(MAIL)).hasMessageContaining("STARTTLS");
            assertThat(said.get(30, TimeUnit.SECONDS)).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void asksTheNextWhenOneFails() throws Exception {
        List<Mail> sent = new ArrayList<>();
        try (ServerSocket listening = listen()) {
            CompletableFuture<List<String>> said = CompletableFuture.supplyAsync(() -> conversation(listening, true));
            Mailer.firstOf(List.<Mailer>of(to(listening, "?tls=off"), sent::add))
                    .send(MAIL);
            assertThat(said.get(30, TimeUnit.SECONDS)).anyMatch(line -> line.startsWith("RCPT"));
        }
        assertThat(sent).containsExactly(MAIL);
    }

    @Test
    void saysWhyNobodyTookTheLetter() {
        Mailer first = mail -> {
            throw new IOException("first");
        };
        Mailer second = mail -> {
            throw new IOException("second");
        };
        assertThatThrownBy(() -> Mailer.firstOf(List.of(first, second)).send(MAIL))
                .hasMessage("first")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
        assertThatThrownBy(() -> Mailer.firstOf(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:hunter2@host", "smtp:host", "smtps://user:hunter2@host?tls=off", "mail"})
    void refusesWhatIsNoServerWithoutRepeatingIt(String server) {
        assertThatThrownBy(() -> SmtpMailer.of(URI.create(server), "wallet@example.org"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void keepsThePasswordOutOfTexts() {
        assertThat(SmtpMailer.of(URI.create("smtps://user:hunter2@mail.example.org"), "wallet@example.org"))
                .hasToString("smtps://mail.example.org");
    }
}
