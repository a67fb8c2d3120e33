/** Measurements, side by side with the peers. */
@NullMarked
package io.betrue.benchmarks;

import org.jspecify.annotations.NullMarked;
