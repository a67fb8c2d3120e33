package io.betrue.errors;

import org.jspecify.annotations.Nullable;

/**
 * What an error code means: its texts, and what each transport makes of it.
 *
 * @param status the HTTP status, 400 to 599
 * @param title a short text that is the same for every occurrence
 * @param detail the text of one occurrence with named parameters in braces, or null for none
 */
public record ErrorDefinition(
        int status, String title, @Nullable String detail) {
    /**
     * Starts a definition whose other members follow from the status.
     *
     * @param status the HTTP status, 400 to 599
     * @param title a short text that is the same for every occurrence
     * @return the definition
     */
    public static ErrorDefinition of(int status, String title) {
        return new ErrorDefinition(status, title, null);
    }

    /**
     * Sets the text of one occurrence.
     *
     * @param template a text with named parameters in braces
     * @return a copy with that text
     */
    public ErrorDefinition detail(String template) {
        return new ErrorDefinition(status, title, template);
    }
}
