/** Libraries for background jobs side by side, on one PostgreSQL. */
@NullMarked
package io.betrue.benchmarks.jobs;

import org.jspecify.annotations.NullMarked;
