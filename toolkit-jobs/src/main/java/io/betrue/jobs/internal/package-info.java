/** What the backends share: the engine that runs jobs, and what it asks of a place that keeps them. Not exported; it may change at any time. */
@NullMarked
package io.betrue.jobs.internal;

import org.jspecify.annotations.NullMarked;
