package io.betrue.examples.acceptance;

import java.util.List;

/**
 * Calls that belong together, one after the other.
 *
 * @param name says what is so
 * @param shared whether its users are those of the whole run, so that it must not count on what they have
 * @param line where it stands
 * @param steps what is done
 */
record Case(String name, boolean shared, int line, List<Step> steps) {
    /** Something that is done. */
    sealed interface Step {}

    /**
     * A call, and what must come back.
     *
     * @param who the caller
     * @param command the command
     * @param input JSON with names in braces
     * @param key the idempotency key, or empty for none
     * @param times how often it is made; each answer must be so
     * @param status the status that must come
     * @param body what must be in the body, JSON with names in braces
     */
    record Call(String who, String command, String input, String key, int times, int status, String body)
            implements Step {}

    /**
     * Keeps a part of the last answer under a name.
     *
     * @param name the name
     * @param pointer where it stands (RFC 6901)
     */
    record Keep(String name, String pointer) implements Step {}

    /**
     * Keeps the code of a letter under a name.
     *
     * @param name the name
     * @param who whose letter it is
     * @param subject what it begins with
     */
    record Letter(String name, String who, String subject) implements Step {}
}
