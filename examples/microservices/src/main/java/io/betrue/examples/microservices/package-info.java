/** The wallet as separate processes: one class for each role, and the launcher that starts them all. */
@NullMarked
package io.betrue.examples.microservices;

import org.jspecify.annotations.NullMarked;
