package io.betrue.schema;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The text of a schema before it is read.
 *
 * @param name the name under which it is registered: {@code order/create}
 * @param file where it is from, for people
 * @param address the address by which others refer to it, or null when it is made of the name
 * @param text the JSON text
 */
record Source(String name, String file, @Nullable URI address, String text) {}
