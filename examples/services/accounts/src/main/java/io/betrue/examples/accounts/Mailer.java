package io.betrue.examples.accounts;

import java.util.List;

/** Takes letters to addresses. Called by many threads at once. */
@FunctionalInterface
public interface Mailer {
    /**
     * Sends a letter.
     *
     * @param mail the letter
     * @throws Exception if it has not gone; it is tried again later
     */
    void send(Mail mail) throws Exception;

    /**
     * {@return what asks several in order until one has sent the letter}
     *
     * @param mailers the first is asked first; at least one
     * @throws IllegalArgumentException if there is none
     */
    static Mailer firstOf(List<? extends Mailer> mailers) {
        return new MailersInOrder(List.copyOf(mailers));
    }
}
