package io.betrue.jobs.internal;

import com.google.errorprone.annotations.FormatMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was done in a run, when by its clock, and to which jobs. */
final class ModelDiary {
    private static final int SHOWN = 25;

    private final Consumer<Instant> clock;
    private final Set<Long> touched = new HashSet<>();
    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    ModelDiary(Consumer<Instant> clock) {
        this.clock = clock;
        clock.accept(now);
    }

    Instant now() {
        return now;
    }

    void clockTo(Instant time) {
        now = time;
        clock.accept(now);
        say("o'clock");
    }

    @FormatMethod
    void say(String text, @Nullable Object... about) {
        lines.add(now + " " + text.formatted(about));
    }

    void touch(long id) {
        touched.add(id);
    }

    void touch(Collection<Long> ids) {
        touched.addAll(ids);
    }

    /** {@return the jobs touched since this was asked last} */
    Set<Long> takeTouched() {
        Set<Long> taken = new HashSet<>(touched);
        touched.clear();
        return taken;
    }

    int steps() {
        return lines.size();
    }

    String last() {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
    }
}
