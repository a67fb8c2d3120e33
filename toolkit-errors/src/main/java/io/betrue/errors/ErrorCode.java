package io.betrue.errors;

/**
 * One kind of failure, the same on every transport.
 *
 * <p>An enum implements it: the constant's name is the stable code that clients switch on.
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

    /** {@return what the code means on each transport} */
    ErrorDefinition definition();

    /** {@return a builder for one occurrence of this failure} */
    default Problem.Builder problem() {
        return Problem.of(this);
    }
}
