/**
 * OpenAPI from the routes of a running Javalin application. Arguments must not be {@code null} unless a type says {@code @Nullable}.
 */
@NullMarked
package io.betrue.swagger;

import org.jspecify.annotations.NullMarked;
