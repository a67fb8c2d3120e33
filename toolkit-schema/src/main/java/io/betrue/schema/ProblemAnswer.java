package io.betrue.schema;

import io.betrue.errors.ErrorsPlugin;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.javalin.http.Context;

/** Sees to it that a problem reaches the client: by the plugin of toolkit-errors where it is registered, plainly where it is not. */
final class ProblemAnswer {
    private ProblemAnswer() {}

    /** A problem that nobody else in the application would answer. */
    static final class PlainException extends ProblemException {
        private static final long serialVersionUID = 1;

        PlainException(Problem problem) {
            super(problem);
        }
    }

    /** What to throw. */
    static ProblemException exception(Context ctx, Problem problem) {
        return ErrorsPlugin.isAround(ctx) ? problem.toException() : new PlainException(problem);
    }

    /** Answers where the plugin is not registered: the same body, in English, without a trace id. */
    static void write(PlainException exception, Context ctx) {
        Problem problem = exception.problem();
        ctx.res().setCharacterEncoding(null); // that of a body which is not sent
        ctx.status(problem.status()).contentType(Problem.MEDIA_TYPE).result(problem.toJson());
        ctx.header("Cache-Control", "no-store");
    }
}
