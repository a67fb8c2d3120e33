package io.betrue.examples.accounts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks several in order until one has sent the letter. Safe for use by multiple threads. */
final class MailersInOrder implements Mailer {
    private static final Logger LOG = LoggerFactory.getLogger(MailersInOrder.class);

    private final List<Mailer> mailers;

    MailersInOrder(List<Mailer> mailers) {
        if (mailers.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one mailer");
        }
        this.mailers = mailers;
    }

    @Override
    public void send(Mail mail) throws Exception {
        @Nullable Exception first = null;
        for (Mailer mailer : mailers) {
            try {
                mailer.send(mail);
                return;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                LOG.warn("{} could not be sent by {}: {}", mail, mailer, e.toString());
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
