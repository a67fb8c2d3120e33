package io.betrue.examples.monolith;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;

/** What is told to whoever runs the application. */
final class LoggingConfig extends ConfigGroup {
    /** How a line looks. */
    enum Format {
        /** For people. */
        READABLE,
        /** For programs: one JSON object a line. */
        JSON
    }

    /** From which importance on a line is written. */
    enum Level {
        /** Everything an engineer may want to know. */
        DEBUG,
        /** Starts, stops and each request. */
        INFO,
        /** What may need somebody's attention. */
        WARN,
        /** What has gone wrong. */
        ERROR
    }

    final Format format = env("LOG_FORMAT")
            .describedAs("How log lines look, on the standard output")
            .orElse(Format.READABLE)
            .orElseIn("prod", Format.JSON)
            .asEnum(Format.class);

    final Level level = env("LOG_LEVEL")
            .describedAs("The least important lines to write")
            .orElse(Level.INFO)
            .asEnum(Level.class);

    LoggingConfig(Environment env) {
        super("Logging", env);
    }
}
