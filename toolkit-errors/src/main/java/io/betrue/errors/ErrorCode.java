package io.betrue.errors;

/**
 * One kind of failure, the same on every transport.
 *
 * <p>An enum implements it: the constant's name is the stable code that clients switch on, and it never changes.
 * <pre>{@code
 * enum ShopError implements ErrorCode {
 *     OUT_OF_STOCK(ErrorDefinition.of(409, "Out of stock").detail("Only {left} left."));
 * }
 * throw ShopError.OUT_OF_STOCK.problem().with("left", 3).toException();
 * }</pre>
 * Implementations are immutable and safe for use by multiple threads.
 */
public interface ErrorCode {
    /** {@return the stable code in upper snake case, as in {@code OUT_OF_STOCK}; an enum has it already} */
    String name();

    /** {@return what the code means on each transport; an equal one at every call} */
    ErrorDefinition definition();

    /** {@return a builder for one occurrence of this failure} */
    default Problem.Builder problem() {
        return Problem.of(this);
    }

    /**
     * Makes the exception that carries a problem of this code; override it to give callers a type of their own to catch.
     *
     * @param problem a problem whose code is this one
     * @return a new exception without a cause (the builder adds it afterwards)
     */
    default ProblemException exception(Problem problem) {
        return new ProblemException(problem);
    }
}
