package io.betrue.commands;

import java.util.Map;
import java.util.Set;

/**
 * Who calls. Immutable and safe for use by multiple threads.
 *
 * @param id what names the caller, the same at every call: a user's id; 1 to 200 characters
 * @param roles what the caller may be: {@code admin}
 * @param attributes what else is known: {@code session}, {@code tenant}
 */
public record Principal(String id, Set<String> roles, Map<String, String> attributes) {
    private static final int MAX_ID = 200;

    /**
     * Copies the collections.
     *
     * @param id what names the caller
     * @param roles what the caller may be
     * @param attributes what else is known
     * @throws IllegalArgumentException if the id is blank or too long
     */
    public Principal {
        if (id.isBlank() || id.length() > MAX_ID) {
            throw new IllegalArgumentException(
                    "id of a principal must have 1.." + MAX_ID + " characters, had " + id.length());
        }
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
    }

    /**
     * {@return a caller with no roles and no attributes}
     *
     * @param id what names the caller
     * @throws IllegalArgumentException if the id is blank or too long
     */
    public static Principal of(String id) {
        return new Principal(id, Set.of(), Map.of());
    }

    /** {@return the id alone: attributes may be private} */
    @Override
    public String toString() {
        return "Principal[" + id + "]";
    }
}
