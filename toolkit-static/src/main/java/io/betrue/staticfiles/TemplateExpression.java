package io.betrue.staticfiles;

import java.util.List;

/** What stands between the braces: a literal, or a call of a function. */
sealed interface TemplateExpression {
    /** A {@link String}, {@link Long}, {@link Double} or {@link Boolean} as it was written. */
    record Literal(Object value) implements TemplateExpression {}

    /** A call, with the place of the function's name. */
    record Call(String name, List<TemplateExpression> arguments, TemplatePlaces.Place place)
            implements TemplateExpression {}
}
