package io.betrue.jobs;

import java.time.ZonedDateTime;
import java.util.Optional;

/** Placeholder shape, to be written. */
public final class Cron {
    private final String expression;

    private Cron(String expression) {
        this.expression = expression;
    }

    /**
     * Reads an expression.
     *
     * @param expression five fields
     * @return when
     */
    public static Cron parse(String expression) {
        return new Cron(expression);
    }

    /**
     * {@return the first tick after a time}
     *
     * @param time the time
     */
    public Optional<ZonedDateTime> next(ZonedDateTime time) {
        return Optional.of(time.plusMinutes(1));
    }

    @Override
    public String toString() {
        return expression;
    }
}
