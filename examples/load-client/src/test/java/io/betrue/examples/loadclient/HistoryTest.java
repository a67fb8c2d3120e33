package io.betrue.examples.loadclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Event.Run RUN =
            new Event.Run(1, "r", "http://127.0.0.1:1", 5, 100, List.of(new Currency("EUR", 2)));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("history.jsonl");
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        try (HistoryWriter writer = HistoryWriter.create(file, CLOCK, RUN)) {
            Call call = deposit(1);
            writer.invoke(call, 1, "t1");
            writer.complete(call, 1, Reply.Lost.CONNECTION_LOST);
            writer.invoke(call, 2, "t2");
            writer.complete(call, 2, answer("{\"currency\":\"EUR\",\"balance\":\"7.50\"}"));
        }

        History history = History.read(file);

        assertThat(history.run()).isEqualTo(RUN);
        Operation operation = history.operations().get(0);
        assertThat(operation.outcome()).isEqualTo(Outcome.OK);
        assertThat(operation.effect()).isEqualTo(new Call.Write.Effect("u", "deposit", "r-0-1", "EUR", "7.50"));
        assertThat(operation.attempts()).extracting(Operation.Attempt::balance).containsExactly("", "7.50");
        assertThat(history.answers()).extracting(Event.Complete::lowest).containsExactly(null, "7.50");
        assertThat(Files.readString(file)).contains("\"wall\":\"2026-11-20T12:00:00Z\"");
    }

    @Test
    void everyLineIsInTheFileAtOnce() throws IOException {
        try (HistoryWriter writer = HistoryWriter.create(file, CLOCK, RUN)) {
            writer.invoke(deposit(1), 1, "t");

            assertThat(History.read(file).operations()).hasSize(1);
        }
    }

    @Test
    void operationWithoutEndIsUnknown() throws IOException {
        try (HistoryWriter writer = HistoryWriter.create(file, CLOCK, RUN)) {
            writer.invoke(deposit(1), 1, "t");
        }
        assertThat(History.read(file).operations())
                .extracting(Operation::outcome)
                .containsExactly(Outcome.UNKNOWN);
    }

    @Test
    void oneUnknownAttemptKeepsRefusedOperationUnknown() throws IOException {
        try (HistoryWriter writer = HistoryWriter.create(file, CLOCK, RUN)) {
            Call call = deposit(1);
            writer.invoke(call, 1, "t1");
            writer.complete(call, 1, Reply.Lost.TIMED_OUT);
            writer.invoke(call, 2, "t2");
            writer.complete(call, 2, Reply.Lost.NOT_CONNECTED);
        }
        assertThat(History.read(file).operations())
                .extracting(Operation::outcome)
                .containsExactly(Outcome.UNKNOWN);
    }

    @Test
    void toleratesTornLastLine() throws IOException {
        try (HistoryWriter writer = HistoryWriter.create(file, CLOCK, RUN)) {
            writer.invoke(deposit(1), 1, "t1");
            writer.invoke(deposit(2), 1, "t2");
        }
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 20));

        assertThat(History.read(file).operations()).hasSize(1);
    }

    @Test
    void refusesBrokenLineInTheMiddle() throws IOException {
        Files.writeString(file, Json.write(RUN) + "\n{\"event\":\"inv\n" + Json.write(RUN) + "\n");

        assertThatThrownBy(() -> History.read(file))
                .isInstanceOf(LoadException.class)
                .hasMessage(file + " line 2 is not a line of a history");
    }

    @Test
    void refusesFileThatIsNoHistory() throws IOException {
        Files.writeString(file, "");

        assertThatThrownBy(() -> History.read(file)).hasMessage("a history begins with a line of the event \"run\"");
    }

    private static Call deposit(long op) {
        User user = new User(new Credentials("u", "u@load.example", "secret"), "r-0-");
        var write = new Call.Write(new Call.Write.Effect("u", "deposit", "r-0-" + op, "EUR", "7.50"));
        return new Call(op, Kind.DEPOSIT, "ledger/deposit", "{}", user, "token", write);
    }

    private static Reply answer(String body) {
        return new Reply.Answer(200, "", Json.tree(body));
    }
}
