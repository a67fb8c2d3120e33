package io.betrue.commands.http;

import io.betrue.errors.ErrorsPlugin;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.javalin.http.Context;

/** A problem in an application without {@link ErrorsPlugin}, where nobody else would answer it. */
final class Refused extends ProblemException {
    private static final long serialVersionUID = 1;

    private Refused(Problem problem) {
        super(problem);
    }

    /** What to throw; without a cause, which {@link io.betrue.commands.Commands} has logged. */
    static ProblemException of(Context ctx, Problem problem) {
        return ErrorsPlugin.isAround(ctx) ? problem.toException() : new Refused(problem);
    }

    /** Answers with the same body and headers as the plugin, in English. */
    static void write(Refused refused, Context ctx) {
        Problem problem = refused.problem();
        ctx.res().setCharacterEncoding(null); // that of a body which is not sent
        ctx.status(problem.status()).contentType(Problem.MEDIA_TYPE).result(problem.toJson());
        ctx.header("Cache-Control", "no-store");
        ctx.header("X-Content-Type-Options", "nosniff");
        if (problem.retryAfter() != null) {
            ctx.header("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
        }
        if (problem.status() == 401) {
            ctx.header("WWW-Authenticate", "Bearer");
        }
        if (problem.status() == 405 && problem.extensions().get("allow") instanceof String allow) {
            ctx.header("Allow", allow);
        }
    }
}
