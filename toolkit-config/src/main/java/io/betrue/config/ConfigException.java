package io.betrue.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says that the settings are not fit to start the application, and carries every fault at once. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<ConfigFault> errors;
    private final transient List<ConfigFault> warnings;

    ConfigException(List<ConfigFault> errors, List<ConfigFault> warnings, @Nullable Throwable cause) {
        super(FaultTable.errors(errors), cause);
        this.errors = List.copyOf(errors);
        this.warnings = List.copyOf(warnings);
    }

    /** {@return every fault in the order of declaration; empty only in a copy that went through serialisation} */
    public List<ConfigFault> errors() {
        return errors == null ? List.of() : errors;
    }

    /** {@return what would have been a warning had the load succeeded} */
    public List<ConfigFault> warnings() {
        return warnings == null ? List.of() : warnings;
    }
}
