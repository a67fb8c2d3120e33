package io.betrue.examples.loadclient;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run asked for and was answered.
 *
 * @param operations the writes
 * @param answers all ends of requests
 */
record History(Event.Run run, List<Operation> operations, List<Event.Complete> answers) {
    History {
        operations = List.copyOf(operations);
        answers = List.copyOf(answers);
    }

    /**
     * {@return the history in a file}
     *
     * @throws LoadException if a line is not one of a history; the last line may be torn, as a killed client leaves it
     */
    static History read(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> lines = text.lines().toList();
        boolean torn = !text.endsWith("\n");
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                events.add(Json.read(lines.get(i), Event.class));
            } catch (JsonProcessingException e) {
                if (!torn || i < lines.size() - 1) {
                    throw new LoadException(file + " line " + (i + 1) + " is not a line of a history", e);
                }
            }
        }
        return of(events);
    }

    /** {@return the history that consists of these lines} */
    static History of(List<Event> events) {
        if (events.isEmpty() || !(events.get(0) instanceof Event.Run run)) {
            throw new LoadException("a history begins with a line of the event \"run\"");
        }
        Map<String, Event.Complete> completions = new LinkedHashMap<>();
        Map<Long, List<Event.Invoke>> writes = new LinkedHashMap<>();
        for (Event event : events) {
            if (event instanceof Event.Complete complete) {
                completions.put(complete.op() + "/" + complete.attempt(), complete);
            } else if (event instanceof Event.Invoke invoke && invoke.effect() != null) {
                writes.computeIfAbsent(invoke.op(), any -> new ArrayList<>()).add(invoke);
            }
        }
        List<Operation> operations = writes.values().stream()
                .map(invokes -> operation(invokes, completions))
                .toList();
        return new History(run, operations, List.copyOf(completions.values()));
    }

    private static Operation operation(List<Event.Invoke> invokes, Map<String, Event.Complete> completions) {
        Event.Invoke first = invokes.get(0);
        List<Operation.Attempt> attempts = invokes.stream()
                .map(invoke -> attempt(invoke, completions.get(invoke.op() + "/" + invoke.attempt())))
                .toList();
        return new Operation(first.op(), java.util.Objects.requireNonNull(first.effect()), attempts);
    }

    private static Operation.Attempt attempt(Event.Invoke invoke, Event.@Nullable Complete complete) {
        long invoked = invoke.at().mono();
        if (complete == null) {
            return new Operation.Attempt(invoke.attempt(), invoked, Long.MAX_VALUE, Outcome.UNKNOWN, "");
        }
        String balance = complete.balance() == null ? "" : complete.balance();
        return new Operation.Attempt(invoke.attempt(), invoked, complete.at().mono(), complete.outcome(), balance);
    }
}
