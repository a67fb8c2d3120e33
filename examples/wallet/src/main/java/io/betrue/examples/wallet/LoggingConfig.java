package io.betrue.examples.wallet;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;

/** What is told to whoever runs the application. */
public final class LoggingConfig extends ConfigGroup {
    /** How a line looks. */
    public enum Format {
        /** For people. */
        READABLE,
        /** For programs: one JSON object a line. */
        JSON
    }

    /** From which importance on a line is written. */
    public enum Level {
        /** Everything an engineer may want to know. */
        DEBUG,
        /** Starts, stops and each request. */
        INFO,
        /** What may need somebody's attention. */
        WARN,
        /** What has gone wrong. */
        ERROR
    }

    public final Format format = env("LOG_FORMAT")
            .describedAs("How log lines look, on the standard output")
            .orElse(Format.READABLE)
            .orElseIn("prod", Format.JSON)
            .asEnum(Format.class);

    public final Level level = env("LOG_LEVEL")
            .describedAs("The least important lines to write")
            .orElse(Level.INFO)
            .asEnum(Level.class);

    /**
     * Reads the settings.
     *
     * @param env where they come from
     */
    public LoggingConfig(Environment env) {
        super("Logging", env);
    }
}
