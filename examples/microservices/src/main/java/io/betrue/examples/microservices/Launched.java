package io.betrue.examples.microservices;

import io.betrue.process.ProcessException;
import io.betrue.process.Run;
import java.io.IOException;
import java.util.List;

/**
 * How a process gets on with the launcher that started it: it says when it is ready, in a line that the launcher looks for, and ends when the launcher is gone, which it hears by the end of
 * its input.
 *
 * @param byLauncher whether there is one
 */
record Launched(boolean byLauncher) {
    static final String FLAG = "--launched";
    static final String READY = "Ready at ";

    static Launched of(List<String> arguments) {
        for (String argument : arguments) {
            if (!argument.equals(FLAG)) {
                throw ProcessException.usage("unknown argument \"" + argument + "\"");
            }
        }
        return new Launched(!arguments.isEmpty());
    }

    /** Begins to listen, before anything is started. */
    void watch(Run run) {
        if (byLauncher) {
            Thread parent = new Thread(() -> awaitEnd(run), "launcher");
            parent.setDaemon(true);
            parent.start();
        }
    }

    private static void awaitEnd(Run run) {
        try {
            while (System.in.read() >= 0) {
                // nothing is said on it
            }
        } catch (IOException e) {
            run.err().println("the standard input broke: " + e.getMessage());
        }
        run.stop();
    }

    /** Says that the process wants work. */
    void ready(Run run, String url) {
        run.ready();
        if (byLauncher) {
            run.out().println(READY + url);
            run.out().flush();
        }
    }
}
