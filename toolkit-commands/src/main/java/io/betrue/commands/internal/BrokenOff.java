package io.betrue.commands.internal;

import java.io.IOException;

/** The caller broke off what it was sending: whoever reads it has nothing to answer any more, and nothing went wrong here. */
public final class BrokenOff extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Says why.
     *
     * @param why what happened to the stream
     */
    public BrokenOff(String why) {
        super(why);
    }
}
