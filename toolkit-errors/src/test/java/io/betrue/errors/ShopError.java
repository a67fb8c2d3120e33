package io.betrue.errors;

/** The codes of a shop, for the tests. */
public enum ShopError implements ErrorCode {
    OUT_OF_STOCK(ErrorDefinition.of(409, "Out of stock").detail("Only {left} left.")) {
        @Override
        public ProblemException exception(Problem problem) {
            return new OutOfStockException(problem);
        }
    },
    SHOP_CLOSED(ErrorDefinition.of(503, "Shop <closed> | & \"quiet\"")
            .retryable(false)
            .webSocketClose(4100)
            .natsCode(1503));

    private final ErrorDefinition definition;

    ShopError(ErrorDefinition definition) {
        this.definition = definition;
    }

    @Override
    public ErrorDefinition definition() {
        return definition;
    }

    /** Lets callers catch one code by its type. */
    static final class OutOfStockException extends ProblemException {
        private static final long serialVersionUID = 1;

        OutOfStockException(Problem problem) {
            super(problem);
        }
    }
}
