package io.betrue.config;

/** Says that the settings of an application are not fit to start it. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConfigException(String message) {
        super(message);
    }
}
