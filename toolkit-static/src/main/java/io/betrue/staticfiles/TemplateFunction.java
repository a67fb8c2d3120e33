package io.betrue.staticfiles;

import java.util.List;

/** A function that templates can call: {@code {{ name('a', 1) }}}. It runs when files are loaded, never for a request. */
@FunctionalInterface
public interface TemplateFunction {
    /**
     * Computes the value of a call.
     *
     * @param arguments the literals of the call: {@link String}, {@link Long}, {@link Double} or {@link Boolean}; never {@code null}, may be empty
     * @return the value, of one of the same types; it is escaped for the place it stands at
     * @throws IllegalArgumentException if an argument is wrong; its message is shown with the file, line and column of the call
     */
    Object call(List<Object> arguments);
}
