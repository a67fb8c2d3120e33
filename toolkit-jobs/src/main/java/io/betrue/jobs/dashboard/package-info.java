/**
 * A page in a Javalin application that shows jobs and lets people change them: {@link io.betrue.jobs.dashboard.JobDashboard}. Arguments must not be {@code
 * null} unless a type says {@code @Nullable}.
 */
@NullMarked
package io.betrue.jobs.dashboard;

import org.jspecify.annotations.NullMarked;
