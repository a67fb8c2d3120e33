/**
 * JSON Schema checks of what comes in and goes out: start at {@link io.betrue.schema.Schemas}. Arguments must not be {@code null} unless a type says
 * {@code @Nullable}.
 */
@NullMarked
package io.betrue.schema;

import org.jspecify.annotations.NullMarked;
