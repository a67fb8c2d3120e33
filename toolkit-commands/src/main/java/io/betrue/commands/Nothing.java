package io.betrue.commands;

/** The input or output of a command that takes or gives nothing: an object without members. */
public record Nothing() {
    /** The only value that is needed. */
    public static final Nothing NOTHING = new Nothing();
}
