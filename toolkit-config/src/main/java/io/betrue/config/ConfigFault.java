package io.betrue.config;

import org.jspecify.annotations.Nullable;

/**
 * One row of the error table: what is wrong with one setting.
 *
 * @param group the title of the group the setting belongs to
 * @param name the exact variable name with its prefix; several names, joined by {@code ", "}, for a rule across items
 * @param problem what is wrong; never contains the value of a secret
 * @param value the value as it was given, or null when there is none or it must not be shown
 * @param origin where the value came from, such as {@code environment}, {@code .env:12} or {@code default}; empty when
 *     it came from nowhere
 * @param example a value that would do, or null
 */
public record ConfigFault(
        String group,
        String name,
        String problem,
        @Nullable String value,
        String origin,
        @Nullable String example) {}
