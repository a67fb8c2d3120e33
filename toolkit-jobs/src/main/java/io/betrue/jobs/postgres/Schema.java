package io.betrue.jobs.postgres;

import java.util.regex.Pattern;

/**
 * Where the tables are, and what statements about them look like.
 *
 * @param name an identifier that needs no quotes
 */
record Schema(String name) {
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,47}");

    Schema {
        if (!IDENTIFIER.matcher(name).matches() || name.startsWith("pg_")) {
            throw new IllegalArgumentException("schema must be 1 to 48 lower-case letters, digits and _ after a letter"
                    + " or _, not beginning with pg_, was \"" + name + '"');
        }
    }

    /** Puts the schema where {@code {s}} stands; in quotes, since it may be a word of SQL. */
    String sql(String template) {
        return template.replace("{s}", '"' + name + '"');
    }

    String channel() {
        return "betrue_jobs_" + name;
    }
}
