package io.betrue.schema;

import io.betrue.errors.Problem;

/** Says that a body cannot be looked at, before its schema is even asked. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem.Builder problem;

    Refusal(Problem.Builder problem) {
        super(null, null, false, false); // it never leaves this package, and costs no stack
        this.problem = problem;
    }

    Problem.Builder problem() {
        return problem;
    }
}
