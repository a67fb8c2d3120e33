package io.betrue.examples.accounts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes letters to the log, whole, where there is no mail server: whoever reads the log has the codes. Safe for use by multiple threads. */
public final class LogMailer implements Mailer {
    private static final Logger log = LoggerFactory.getLogger("mail");

    /** Makes one. */
    public LogMailer() {}

    @Override
    public void send(Mail mail) {
        log.info(
                "{} to {}: {}\n{}", mail, mail.to(), mail.subject(), mail.text().stripTrailing());
    }

    /** {@return what it is, for messages} */
    @Override
    public String toString() {
        return "the log";
    }
}
