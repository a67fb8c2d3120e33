package io.betrue.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.testsupport.MailServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpMailerIT {
    private static final Mail MAIL = new Mail("letter-7", "ann@example.org", "Grüße", "Your code is 7KQ4X-9TM2P\n");

    private static SmtpMailer to(MailServer server, String query) {
        return SmtpMailer.of(URI.create(server.url() + query), "wallet@example.org");
    }

    @Test
    void handsALetterToTheServer() throws Exception {
        try (MailServer server = MailServer.start()) {
            to(server, "?tls=off").send(MAIL);
            assertThat(server.said())
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
        try (MailServer server = MailServer.start()) {
            assertThatThrownBy(() -> to(server, "").send(MAIL)).hasMessageContaining("STARTTLS");
            assertThat(server.said()).isNotEmpty().noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void asksTheNextWhenOneFails() throws Exception {
        List<Mail> sent = new ArrayList<>();
        try (MailServer server = MailServer.startRefusing()) {
            Mailer.firstOf(List.<Mailer>of(to(server, "?tls=off"), sent::add)).send(MAIL);
            assertThat(server.said()).anyMatch(line -> line.startsWith("RCPT"));
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
