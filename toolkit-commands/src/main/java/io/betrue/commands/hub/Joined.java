package io.betrue.commands.hub;

/**
 * What somebody is told who entered a room, or whose place in it was lost and found again. Immutable.
 *
 * @param room the room
 * @param recovered whether all that came after the {@link Position} that was asked for follows; false if nothing was asked for, or something is missing: then the
 *     client has to ask the application how things stand
 * @param offset what the client knows now: the messages that follow begin after it
 * @param epoch the epoch of the offset
 * @param missed how many messages follow at once that were sent before
 */
public record Joined(String room, boolean recovered, long offset, String epoch, int missed) {}
