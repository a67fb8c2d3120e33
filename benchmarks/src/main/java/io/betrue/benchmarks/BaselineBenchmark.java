package io.betrue.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Shows how fast and how noisy the machine is: the same work, to be run beside any other benchmark. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BaselineBenchmark {
    private String text = "the quick brown fox jumps over the lazy dog";

    /** {@return the hash of a copy of a short text} */
    @Benchmark
    public int copyAndHash() {
        return new StringBuilder(text).reverse().toString().hashCode();
    }
}
