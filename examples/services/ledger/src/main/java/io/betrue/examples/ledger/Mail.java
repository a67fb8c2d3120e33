package io.betrue.examples.ledger;

import java.util.UUID;

/**
 * A letter to a user.
 *
 * @param id names this letter for ever: one that comes again with the same id is the same letter
 * @param userId who gets it
 * @param subject one line
 * @param text lines of plain text, with balances and amounts in it
 */
public record Mail(String id, UUID userId, String subject, String text) {
    /** {@return the letter without what it says, for messages} */
    @Override
    public String toString() {
        return "mail " + id + " to " + userId;
    }
}
