package io.betrue.staticfiles;

/**
 * An expression of a template.
 *
 * @param offset where in the text without expressions its value goes
 * @param expression what is computed
 * @param place where its braces open
 */
record TemplateHole(int offset, TemplateExpression expression, TemplatePlaces.Place place) {}
