/**
 * Durable background jobs: describe a kind of job with {@link io.betrue.jobs.JobType}, hand jobs in through {@link io.betrue.jobs.Jobs}, run them with a
 * {@link io.betrue.jobs.Worker}. Where jobs are kept is a backend's matter, see {@code io.betrue.jobs.postgres}. Jobs run at least once: a handler must
 * bear a second run. Arguments must not be {@code null} unless a type says {@code @Nullable}.
 */
@NullMarked
package io.betrue.jobs;

import org.jspecify.annotations.NullMarked;
