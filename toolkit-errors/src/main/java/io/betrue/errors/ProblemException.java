package io.betrue.errors;

/** A problem on its way to whoever answers the caller. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.code().name());
        this.problem = problem;
    }

    /** {@return what is to be answered} */
    public Problem problem() {
        return problem;
    }
}
