/** Jobs kept in PostgreSQL: start at {@link io.betrue.jobs.postgres.PostgresJobs}. Arguments must not be {@code null} unless a type says {@code @Nullable}. */
@NullMarked
package io.betrue.jobs.postgres;

import org.jspecify.annotations.NullMarked;
