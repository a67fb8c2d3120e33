package io.betrue.examples.ledger;

/** Takes letters to users; the application knows their addresses and how to reach them. */
@FunctionalInterface
public interface Mailer {
    /**
     * Sends a letter. Called by several threads at once, and again with the same letter when it is not certain that it has gone.
     *
     * @param mail the letter
     * @throws Exception if it has not gone; it is tried again later
     */
    void send(Mail mail) throws Exception;
}
