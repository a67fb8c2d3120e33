/**
 * Jobs as a process of their own: the program {@link io.betrue.jobs.daemon.JobDaemon}, and what an application hands it, {@link
 * io.betrue.jobs.daemon.JobApplication}. Arguments must not be {@code null} unless a type says {@code @Nullable}.
 */
@NullMarked
package io.betrue.jobs.daemon;

import org.jspecify.annotations.NullMarked;
