/** The vocabulary of failure: error codes, RFC 9457 problems, the Javalin plugin. */
@NullMarked
package io.betrue.errors;

import org.jspecify.annotations.NullMarked;
