package io.betrue.staticfiles;

import org.jspecify.annotations.Nullable;

/**
 * A header field set on files by pattern.
 *
 * @param pattern a glob on the path below the mount: {@code *.html} (anywhere), {@code /img/**}, {@code /a/*.js}
 * @param name the field's name
 * @param value its value, or {@code null} to leave the field out
 */
record HeaderRule(String pattern, String name, @Nullable String value) {}
