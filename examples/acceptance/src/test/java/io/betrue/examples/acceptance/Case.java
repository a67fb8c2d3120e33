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
    sealed interface Step {
        /** {@return the same with another answer} */
        default Step expecting(Expected other) {
            throw new IllegalArgumentException("no answer comes to " + this);
        }
    }

    /**
     * A call, and what must come back.
     *
     * @param who the caller
     * @param command the command
     * @param input JSON with names in braces
     * @param key the idempotency key, or empty for none
     * @param times how often it is made; each answer must be so
     * @param expected what must come back
     */
    record Call(String who, String command, String input, String key, int times, Expected expected) implements Step {
        @Override
        public Call expecting(Expected other) {
            return new Call(who, command, input, key, times, other);
        }
    }

    /**
     * A file that is sent, and what must come back.
     *
     * @param who the caller
     * @param name what it is called
     * @param type what it is said to be
     * @param content what is in it, with names in braces
     * @param key the idempotency key, or empty for none
     * @param expected what must come back
     */
    record Upload(String who, String name, String type, String content, String key, Expected expected) implements Step {
        @Override
        public Upload expecting(Expected other) {
            return new Upload(who, name, type, content, key, other);
        }
    }

    /**
     * An answer.
     *
     * @param status the status
     * @param body what must be in the body, JSON with names in braces
     */
    record Expected(int status, String body) {
        /** What a step is answered that says nothing of it. */
        static final Expected DONE = new Expected(200, "{}");
    }

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
     * @param who whose letter it is, or the address
     * @param subject what it begins with
     */
    record Letter(String name, String who, String subject) implements Step {}
}
