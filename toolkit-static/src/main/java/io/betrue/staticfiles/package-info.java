/**
 * Files served from memory, with templates and fingerprints, for Javalin: start at {@link io.betrue.staticfiles.StaticFilesPlugin}.
 * Arguments must not be {@code null} unless a type says {@code @Nullable}.
 */
@NullMarked
package io.betrue.staticfiles;

import org.jspecify.annotations.NullMarked;
