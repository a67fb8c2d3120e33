package io.betrue.errors;

import java.util.Locale;

/**
 * A problem in the language that was negotiated.
 *
 * @param problem the problem with its type URI and its texts filled in; its code is unchanged
 * @param language the language of the title, for {@code Content-Language}
 */
public record LocalisedProblem(Problem problem, Locale language) {}
