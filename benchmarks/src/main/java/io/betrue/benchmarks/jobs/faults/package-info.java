/** What toolkit-jobs makes of faults: killed, stalled and cut off workers, a database that goes away, wrong clocks; see {@code benchmarks/jobs-faults}. */
@NullMarked
package io.betrue.benchmarks.jobs.faults;

import org.jspecify.annotations.NullMarked;
