/** All services in one process. */
@NullMarked
package io.betrue.examples.monolith;

import org.jspecify.annotations.NullMarked;
