package io.betrue.examples.loadclient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/**
 * Writes a history as JSON Lines, each line handed to the operating system before the call returns, so that a killed
 * client leaves all but a torn last line. Safe for use by multiple threads.
 */
final class HistoryWriter implements AutoCloseable {
    private final Writer out;
    private final Clock clock;
    private final long start = System.nanoTime();

    private HistoryWriter(Writer out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /**
     * {@return a writer of a new file}
     *
     * @throws IOException if the file is there already or cannot be made
     */
    static HistoryWriter create(Path file, Clock clock, Event.Run run) throws IOException {
        HistoryWriter writer = new HistoryWriter(Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW), clock);
        writer.line(run);
        return writer;
    }

    /** Writes down that an attempt is about to be sent. */
    void invoke(Call call, int attempt, String trace) {
        Call.Write write = call.write();
        line(new Event.Invoke(
                call.operation(),
                attempt,
                call.kind().label(),
                call.user().id(),
                write == null ? null : write.effect(),
                trace,
                now()));
    }

    /** Writes down how an attempt ended. */
    void complete(Call call, int attempt, Reply reply) {
        line(new Event.Complete(
                call.operation(),
                attempt,
                reply.outcome(),
                reply.summary(),
                call.write() == null ? null : Answers.balance(reply),
                Answers.lowest(reply),
                now()));
    }

    private Event.Moment now() {
        return new Event.Moment(System.nanoTime() - start, clock.instant().toString());
    }

    private synchronized void line(Event event) {
        try {
            out.write(Json.write(event));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
