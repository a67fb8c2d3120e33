package io.betrue.examples.monolith;

import io.betrue.examples.monolith.postgres.EmbeddedPostgresException;
import io.javalin.util.JavalinBindException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the application in this process, from the start to the exit status. */
final class Run {
    private static final Logger log = LoggerFactory.getLogger(Run.class);

    private final MonolithConfig config;
    private final Monolith monolith;
    private final StopRequest stop;

    Run(MonolithConfig config, Monolith monolith) {
        this.config = config;
        this.monolith = monolith;
        this.stop = new StopRequest(config.http.stopTimeout, this::halt);
    }

    /** Starts, waits for a signal or a failure, and stops in good order. */
    int untilStopped() {
        Signals.onStop(stop::signal);
        // Beside this thread, so that a signal during a long start is heard.
        Thread starter = new Thread(this::start, "start");
        starter.setDaemon(true);
        starter.start();
        try {
            int status = stop.await();
            monolith.cancelStart();
            starter.join(); // a start that is cut off in a migration looks like a failure in the log
            monolith.close();
            return status;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return StopRequest.CUT_OFF;
        }
    }

    private void start() {
        try {
            monolith.start();
            if (!stop.isRequested() && config.logging.format == LoggingConfig.Format.READABLE) {
                sayWhatToTry();
            }
        } catch (StartException | EmbeddedPostgresException | JavalinBindException e) {
            fail(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            fail("it cannot start: " + e, e);
        }
    }

    private void fail(String message, RuntimeException cause) {
        if (stop.request(StopRequest.CUT_OFF)) { // a start that was told to stop may fail as it likes
            log.debug("The start failed", cause);
            System.err.println("monolith: " + message);
        }
    }

    private void sayWhatToTry() {
        System.out.printf("""

                The monolith is ready at %1$s. In another terminal, try:
                  curl -sS %1$s/api/accounts/register -H 'Content-Type: application/json' \\
                    -d '{"email": "ada@example.org", "password": "correct horse battery"}'
                Ctrl-C stops it.

                """, monolith.url());
    }

    private void halt() {
        monolith.abort();
        Runtime.getRuntime().halt(StopRequest.CUT_OFF);
    }
}
