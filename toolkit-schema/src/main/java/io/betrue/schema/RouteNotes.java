package io.betrue.schema;

import io.javalin.router.EndpointMetadata;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a plugin that makes routes says about them to plugins that describe routes, so that neither has to know the other. Who writes routes by hand says more with what the
 * describing plugin offers itself, which counts before this. Immutable and safe for use by multiple threads.
 *
 * @param id names the route for programs, as in {@code ledgerDeposit}: a letter and up to 99 letters, digits or underscores; empty to leave that to the reader
 * @param summary one line of plain text, at most 200 characters; empty for none
 * @param description CommonMark, at most 20,000 characters; empty for none
 * @param tags names to group routes by; empty to leave that to the reader
 * @param protectedRoute whether a caller has to say who it is
 * @param roles the roles of which a caller needs one; empty if it needs none
 * @param hidden whether it belongs in no description
 */
@SuppressWarnings("exports") // Javalin is optional: whoever uses routes reads its module anyway
public record RouteNotes(
        String id,
        String summary,
        String description,
        List<String> tags,
        boolean protectedRoute,
        Set<String> roles,
        boolean hidden)
        implements EndpointMetadata {
    private static final Pattern ID = Pattern.compile("([A-Za-z][A-Za-z0-9_]{0,99})?");
    private static final int SUMMARY = 200;
    private static final int TEXT = 20_000;

    /**
     * Checks the texts.
     *
     * @param id names the route for programs
     * @param summary one line of plain text
     * @param description CommonMark
     * @param tags names to group routes by
     * @param protectedRoute whether a caller has to say who it is
     * @param roles the roles of which a caller needs one
     * @param hidden whether it belongs in no description
     * @throws IllegalArgumentException if a text is too long, the summary has more than one line, or the id is malformed
     */
    public RouteNotes {
        if (summary.length() > SUMMARY || summary.lines().count() > 1 || description.length() > TEXT) {
            throw new IllegalArgumentException("a summary is one line of at most " + SUMMARY
                    + " characters, and a description has at most " + TEXT + " characters; they had "
                    + summary.length() + " and " + description.length());
        }
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "an id of a route is a letter and up to 99 letters, digits or underscores, was \"" + id + "\"");
        }
        tags = List.copyOf(tags);
        roles = Set.copyOf(roles);
    }

    /** {@return notes of a route that belongs in no description} */
    public static RouteNotes hiddenRoute() {
        return new RouteNotes("", "", "", List.of(), false, Set.of(), true);
    }
}
