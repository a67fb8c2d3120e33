package io.betrue.process;

import java.util.function.Consumer;

/** What a process has from its JVM: signals, its end, and time. A test hands in another. */
interface Machine {
    /** {@return the time that limits are measured in} */
    Time time();

    /** Hears signals that ask the process to stop, instead of ending the JVM; the name of each is handed over, on a thread of its own. */
    void onSignal(Consumer<String> heard);

    /** Does something before the JVM ends, whoever asked for that. */
    void onEnd(Runnable last);

    /** Ends the process; does not return. */
    void exit(int status);

    /** Ends the process without another word; does not return. */
    void halt(int status);
}
