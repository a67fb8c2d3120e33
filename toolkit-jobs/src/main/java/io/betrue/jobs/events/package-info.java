/** Events published in transactions of PostgreSQL and brought to consumers by jobs. Start with {@link io.betrue.jobs.events.Events}. */
@NullMarked
package io.betrue.jobs.events;

import org.jspecify.annotations.NullMarked;
