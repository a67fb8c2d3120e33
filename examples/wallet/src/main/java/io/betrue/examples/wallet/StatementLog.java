package io.betrue.examples.wallet;

import io.betrue.examples.ledger.Mail;
import io.betrue.examples.ledger.Mailer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes statements to the log, whole, because this example has no mail server. They have amounts in them, and neither addresses, passwords nor tokens. */
public final class StatementLog implements Mailer {
    private static final Logger log = LoggerFactory.getLogger("mail");

    /** Makes one. */
    public StatementLog() {}

    @Override
    public void send(Mail mail) {
        log.info("{}: {}\n{}", mail, mail.subject(), mail.text().stripTrailing());
    }
}
