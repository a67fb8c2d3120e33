package io.betrue.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value as a source gave it, before it has a type.
 *
 * @param text the text; for a list the elements joined by commas, for display
 * @param elements the elements when the source knows them (a YAML list, a list as default), or null
 * @param origin where the value came from, as the error table shows it
 * @param literal whether references such as <code>${OTHER}</code> stay as they are
 */
record Raw(String text, @Nullable List<String> elements, String origin, boolean literal) {
    static Raw of(String text, String origin) {
        return new Raw(text, null, origin, false);
    }

    static Raw list(List<String> elements, String origin) {
        return new Raw(String.join(",", elements), List.copyOf(elements), origin, false);
    }
}
