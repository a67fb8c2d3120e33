package io.betrue.examples.accounts;

/**
 * A letter to an address.
 *
 * @param id names this letter for ever: one that comes again with the same id is the same letter, perhaps with another code
 * @param to the address
 * @param subject one line
 * @param text lines of plain text, perhaps with a code in it
 */
public record Mail(String id, String to, String subject, String text) {
    /** {@return the letter without what it says and to whom, for messages} */
    @Override
    public String toString() {
        return "mail " + id;
    }
}
