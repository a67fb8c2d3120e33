package io.betrue.benchmarks;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import io.betrue.errors.FieldError;
import io.betrue.errors.LocalisedProblem;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.ProblemFormatException;
import io.betrue.errors.StandardError;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a failure costs: building, writing, translating and reading a problem, beside an exception of the JDK. Single calls are sampled,
 * since their median stands still when other processes want the processor too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ErrorsBenchmark {
    private enum ShopError implements ErrorCode {
        OUT_OF_STOCK(ErrorDefinition.of(409, "Out of stock").detail("Only {left} left."));

        private final ErrorDefinition definition;

        ShopError(ErrorDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ErrorDefinition definition() {
            return definition;
        }
    }

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final ErrorCatalogue catalogue = ErrorCatalogue.of(ShopError.values());
    private final Problem problem = buildThreeFieldErrors();
    private final byte[] body = problem.toJson();
    private int left = 3;

    /** {@return a problem with one extension, which is also in its detail, and a trace id} */
    @Benchmark
    public Problem build() {
        return ShopError.OUT_OF_STOCK
                .problem()
                .with("left", left)
                .traceId(TRACE_ID)
                .build();
    }

    /** {@return a problem with three field errors} */
    @Benchmark
    public final Problem buildThreeFieldErrors() {
        return StandardError.VALIDATION_FAILED
                .problem()
                .traceId(TRACE_ID)
                .error(FieldError.body("/amount", "TOO_SMALL").with("minimum", "0.01"))
                .error(FieldError.body("/currency", "UNKNOWN"))
                .error(FieldError.query("limit", "TOO_LARGE").with("maximum", 200))
                .build();
    }

    /** {@return the body of a problem with three field errors} */
    @Benchmark
    public byte[] serialiseThreeFieldErrors() {
        return problem.toJson();
    }

    /** {@return the problem in Russian} */
    @Benchmark
    public LocalisedProblem localise() {
        return catalogue.localise(problem, "ru-RU,ru;q=0.9,en;q=0.8");
    }

    /**
     * Reads the body back.
     *
     * @return the problem
     * @throws ProblemFormatException never
     */
    @Benchmark
    public Problem parse() throws ProblemFormatException {
        return catalogue.parse(body);
    }

    /** {@return the exception with its stack trace} */
    @Benchmark
    public ProblemException exception() {
        return ShopError.OUT_OF_STOCK.problem().with("left", left).toException();
    }

    /** {@return the peer: what throwing costs without this library} */
    @Benchmark
    public IllegalStateException jdkException() {
        return new IllegalStateException("Only " + left + " left.");
    }
}
