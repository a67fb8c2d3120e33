package io.betrue.benchmarks.jobs;

import java.time.Duration;
import java.util.stream.Stream;

/** Processor time of this process and of all that it started, which PostgreSQL and Node.js are among: unlike time it does not count what others do. */
final class ProcessorTime {
    private ProcessorTime() {}

    /** {@return the sum so far; processes that have ended are not in it} */
    static Duration total() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
