package io.betrue.errors;

/**
 * A problem on its way to whoever answers the caller.
 *
 * <p>What travels is {@link #problem()}, never this object: a JSON mapper that is given an exception writes its stack trace.
 * An application extends it to give one of its codes a type to catch, see {@link ErrorCode#exception}.
 */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Not serializable: exceptions of this kind end in the process that made them. */
    @SuppressWarnings("serial")
    private final Problem problem;

    /**
     * Wraps a problem; {@link Throwable#initCause} may add a cause once.
     *
     * @param problem what is to be answered
     */
    public ProblemException(Problem problem) {
        super(problem.summary());
        this.problem = problem;
    }

    /** {@return what is to be answered} */
    public final Problem problem() {
        return problem;
    }

    /** {@return the kind of failure, the same as {@code problem().code()}} */
    public final ErrorCode code() {
        return problem.code();
    }
}
