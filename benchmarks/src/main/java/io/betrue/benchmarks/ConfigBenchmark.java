package io.betrue.benchmarks;

import io.betrue.config.Config;
import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long 1,000 settings take to load and validate, warm and in a fresh process, and what reading one costs. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
public class ConfigBenchmark {
    /** One setting to read. */
    static final class PortConfig extends ConfigGroup {
        final int port = env("PORT_TO_READ").orElse(8080).asPort();

        PortConfig(Environment env) {
            super("Port", env);
        }
    }

    private Map<String, String> variables = Map.of();
    private PortConfig config = Config.load(Environment.of(Map.of()), PortConfig::new);
    private int[] array = {8080};

    /** Prepares the variables. */
    @Setup(Level.Trial)
    public void prepare() {
        variables = ConfigColdStart.variables();
    }

    /** {@return a thousand settings, loaded and validated} */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 3, time = 1)
    @Measurement(iterations = 5, time = 1)
    public Object loadThousand() {
        return ConfigColdStart.load(variables);
    }

    /** {@return a setting} */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @Warmup(iterations = 3, time = 1)
    @Measurement(iterations = 5, time = 1)
    public int readSetting() {
        return config.port;
    }

    /** {@return an element of an array, which is what reading costs at least} */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @Warmup(iterations = 3, time = 1)
    @Measurement(iterations = 5, time = 1)
    public int readArray() {
        return array[0];
    }
}
