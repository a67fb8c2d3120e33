package io.betrue.schema;

import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Reads the bytes of a request once; Javalin keeps them for the handler. */
final class RequestBytes {
    private static final int TOO_LARGE = 413;

    private RequestBytes() {}

    static byte[] read(Context ctx, long limit) throws Refusal {
        if (ctx.req().getContentLengthLong() > limit) {
            throw new Refusal(tooLarge(limit)); // not worth reading
        }
        try {
            return ctx.bodyAsBytes();
        } catch (HttpResponseException e) {
            if (e.getStatus() != TOO_LARGE) {
                throw e;
            }
            throw new Refusal(tooLarge(limit));
        } catch (Exception e) { // Kotlin does not say what it throws
            throw cut(e);
        }
    }

    static Problem.Builder tooLarge(long limit) {
        return StandardError.PAYLOAD_TOO_LARGE.problem().with("limit", limit);
    }

    /** A body whose framing is wrong, or that ends early; anything else is not the client's doing. */
    static Refusal cut(Exception e) {
        if (e instanceof IOException && !(e.getCause() instanceof TimeoutException)) {
            return new Refusal(StandardError.BAD_REQUEST
                    .problem()
                    .detail("The body ended early.")
                    .cause(e));
        }
        throw e instanceof RuntimeException known ? known : new IllegalStateException("a body cannot be read", e);
    }
}
