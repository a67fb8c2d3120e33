package io.betrue.jobs.nats;

import io.betrue.jobs.internal.NewJob;
import java.time.Duration;

/**
 * A job on its way from PostgreSQL to NATS.
 *
 * @param id its number
 * @param made what was handed in; its delay is what is left of it, {@code null} when it is due
 * @param delayed whether it was to wait when it was handed in
 * @param age how long ago it was handed in
 * @param stamp when, in microseconds: tells it from a job that had the number before the database was set back
 */
record OutboxRow(long id, NewJob made, boolean delayed, Duration age, long stamp) {}
