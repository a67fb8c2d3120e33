package io.betrue.examples.accounts;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Hands letters to a mail server by SMTP (RFC 5321), over TLS unless it is told otherwise. A letter takes 40 seconds at most. Safe for use by multiple threads. */
public final class SmtpMailer implements Mailer {
    private static final String TIMEOUT = "10000";

    private final URI server;
    private final InternetAddress from;
    private final Session session;

    private SmtpMailer(URI server, InternetAddress from, Session session) {
        this.server = server;
        this.from = from;
        this.session = session;
    }

    /**
     * {@return a mailer}
     *
     * @param server {@code smtps://user:password@host:465} for TLS from the start, {@code smtp://user:password@host:587} for STARTTLS, and {@code smtp://host:25?tls=off} for
     *     neither, which is for a relay on the same machine; user and password are percent-encoded
     * @param from the address that letters come from
     * @throws IllegalArgumentException if the server or the address is malformed; the message has no password
     */
    public static SmtpMailer of(URI server, String from) {
        check(server);
        return new SmtpMailer(server, address(from), session(server, isImplicit(server), isOff(server)));
    }

    private static void check(URI server) {
        boolean known = isImplicit(server) ? !isOff(server) : "smtp".equals(server.getScheme());
        if (!known || server.getHost() == null) {
            throw new IllegalArgumentException(
                    "a mail server is smtp://host, smtps://host or smtp://host?tls=off, with user:password@ before the host where it wants them");
        }
    }

    private static boolean isImplicit(URI server) {
        return "smtps".equals(server.getScheme());
    }

    private static boolean isOff(URI server) {
        return "tls=off".equals(server.getQuery());
    }

    private static InternetAddress address(String text) {
        try {
            return new InternetAddress(text, true);
        } catch (MessagingException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no address that letters could come from", e);
        }
    }

    private static Session session(URI server, boolean implicit, boolean off) {
        Properties properties = new Properties();
        int port = server.getPort() >= 0 ? server.getPort() : implicit ? 465 : off ? 25 : 587;
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", server.getHost());
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(implicit));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(!implicit && !off));
        properties.put("mail.smtp.starttls.required", Boolean.toString(!implicit && !off));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.connectiontimeout", TIMEOUT);
        properties.put("mail.smtp.timeout", TIMEOUT);
        properties.put("mail.smtp.writetimeout", TIMEOUT);
        String login = server.getUserInfo();
        properties.put("mail.smtp.auth", Boolean.toString(login != null));
        return Session.getInstance(properties, login == null ? null : authenticator(login));
    }

    private static Authenticator authenticator(String login) {
        int colon = login.indexOf(':');
        String user = colon < 0 ? login : login.substring(0, colon);
        String password = colon < 0 ? "" : login.substring(colon + 1);
        return new Authenticator() {
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password);
            }
        };
    }

    @Override
    public void send(Mail mail) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to(), true));
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setText(mail.text(), StandardCharsets.UTF_8.name());
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no automatic answers
        Transport.send(message);
    }

    /** {@return where it sends, without the password} */
    @Override
    public String toString() {
        return server.getScheme() + "://" + server.getHost() + (server.getPort() < 0 ? "" : ":" + server.getPort());
    }
}
