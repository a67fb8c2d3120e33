package io.betrue.examples.monolith;

import io.betrue.commands.Commands;
import io.betrue.commands.hub.Hub;
import io.betrue.examples.wallet.HttpServer;
import io.betrue.examples.wallet.InnerWorker;
import io.betrue.examples.wallet.LoggingConfig;
import io.betrue.examples.wallet.Storage;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.jobs.events.Events;
import io.betrue.process.PartConfig;
import io.betrue.process.Run;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the application in the order of their start. */
final class Monolith {
    private static final Logger log = LoggerFactory.getLogger(Monolith.class);
    private static final Duration MIGRATIONS_WITHIN = Duration.ofHours(1);

    private final MonolithConfig config;
    private final Data data;
    private final InnerWorker worker;
    private final Talk talk;
    private final Commands commands;
    private final HttpServer http;

    /**
     * What tells clients, and whoever runs the application, of what has happened.
     *
     * @param events brings what was published
     * @param hub knows who is connected
     * @param instruments show the process from outside
     */
    record Talk(Events events, Hub hub, Instruments instruments) {}

    /**
     * Where everything is.
     *
     * @param database what is known
     * @param files the bytes of files
     */
    record Data(Database database, Storage files) {}

    Monolith(MonolithConfig config, Data data, InnerWorker worker, Talk talk, Commands commands, HttpServer http) {
        this.config = config;
        this.data = data;
        this.worker = worker;
        this.talk = talk;
        this.commands = commands;
        this.http = http;
    }

    /** Opens the doors at once, so that health can be asked, and serves as soon as the database is up to date. The doors close first. */
    void start(Run run) {
        run.step(
                "telemetry",
                talk.instruments()::start,
                talk.instruments()::close,
                part -> part.stopWithin(Instruments.STOP.plusSeconds(2)));
        run.step("http", http::start, http::close, part -> slow(part).stopsFirst());
        log.info("Listening at {}", http.url());
        data.database().startIn(run);
        run.step(
                "tables",
                () -> Tables.bringUpToDate(data.database().dataSource()),
                () -> {},
                part -> part.startWithin(MIGRATIONS_WITHIN).uninterrupted());
        run.step("files", () -> {}, data.files()::close);
        run.step("hub", () -> {}, talk.hub()::close);
        run.step("events", talk.events()::start, talk.events()::close, this::slow);
        run.step("commands", () -> {}, commands::close, this::slow); // after the doors, before the database
        if (config.jobs.worker == JobsConfig.WorkerMode.ON) {
            run.step("worker", worker::start, () -> stopWorker(run), this::slow);
        }
        run.ready();
        log.info("Ready at {}", http.url());
        if (config.logging.format == LoggingConfig.Format.READABLE) {
            run.out().print(whatToTry());
        }
    }

    /** Requests and jobs in flight have all the time there is. */
    private PartConfig slow(PartConfig part) {
        return part.stopWithin(config.http.stopTimeout);
    }

    private void stopWorker(Run run) {
        worker.stop(run.timeLeft().dividedBy(2)); // the rest is for what comes after
        worker.close();
    }

    private String whatToTry() {
        return """

                The monolith is ready at %1$s. In another terminal, try:
                  curl -sS %1$s/api/accounts/register -H 'Content-Type: application/json' \\
                    -d '{"email": "ada@example.org"}'
                and, with the code of the letter, which is written here without MAIL_SERVERS:
                  curl -sS %1$s/api/accounts/confirm -H 'Content-Type: application/json' \\
                    -d '{"email": "ada@example.org", "code": "...", "password": "correct horse battery"}'
                Ctrl-C stops it.

                """.formatted(http.url());
    }
}
