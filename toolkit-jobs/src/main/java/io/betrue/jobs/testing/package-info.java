/**
 * For tests of applications: start at {@link io.betrue.jobs.testing.TestJobs}, jobs in memory under a clock that is set, or at
 * {@link io.betrue.jobs.testing.JobTester}, which runs the due jobs of any backend on the thread of the test. Arguments must not be {@code null}.
 */
@NullMarked
package io.betrue.jobs.testing;

import org.jspecify.annotations.NullMarked;
