package io.betrue.schema;

import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with one request: faults of its parts, and maybe why the body could not be looked at. */
final class Findings {
    private final List<FieldError> errors = new ArrayList<>(2);
    private Problem.@Nullable Builder refusal;

    void add(FieldError error) {
        if (errors.size() <= Problem.MAX_ERRORS) { // one more tells the problem that something was left out
            errors.add(error);
        }
    }

    void refuse(Problem.Builder problem) {
        refusal = problem;
    }

    /** The answer; null if nothing is wrong. */
    @Nullable
    Problem problem() {
        if (refusal == null && errors.isEmpty()) {
            return null;
        }
        Problem.Builder problem = refusal == null ? StandardError.VALIDATION_FAILED.problem() : refusal;
        errors.forEach(problem::error);
        return problem.build();
    }
}
