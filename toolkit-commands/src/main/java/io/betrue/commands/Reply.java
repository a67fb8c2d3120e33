package io.betrue.commands;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command gives: its output, and what travels beside it. Failures are no replies but exceptions. Immutable; each method returns a changed copy.
 *
 * @param status an HTTP status, 200 to 299 but for 204 and 205, the same on every transport; 200 unless a handler says otherwise
 * @param headers what travels beside the output
 * @param result the output
 * @param content a stream beside the output, or null; whoever takes the reply closes it
 * @param <O> the output
 */
public record Reply<O>(
        int status, Headers headers, O result, @Nullable Content content) {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;

    /**
     * Checks the status.
     *
     * @param status an HTTP status
     * @param headers what travels beside the output
     * @param result the output
     * @param content a stream, or null
     * @throws IllegalArgumentException if the status is not 200 to 299, or is 204 or 205, which have no body over HTTP
     */
    public Reply {
        if (status < OK || status > 299 || status == NO_CONTENT || status == RESET_CONTENT) {
            throw new IllegalArgumentException("status of a reply must be 200..299 and one with a body, was " + status
                    + "; a failure is a problem to throw");
        }
    }

    /**
     * {@return a reply with status 200 and nothing beside its output}
     *
     * @param result the output
     * @param <O> the output
     */
    public static <O> Reply<O> of(O result) {
        return new Reply<>(OK, Headers.NONE, result, null);
    }

    /**
     * {@return the reply with another status}
     *
     * @param code 200 to 299
     * @throws IllegalArgumentException if the status is out of range
     */
    public Reply<O> status(int code) {
        return new Reply<>(code, headers, result, content);
    }

    /**
     * {@return the reply with one more header}
     *
     * @param name a token, in any case
     * @param value at most 8,192 characters without control characters
     * @throws IllegalArgumentException if one is malformed
     */
    public Reply<O> header(String name, String value) {
        return new Reply<>(status, headers.with(name, value), result, content);
    }

    /**
     * {@return the stream beside the output, of a command that gives one}
     *
     * @throws IllegalStateException if there is none
     */
    public Content requireContent() {
        if (content == null) {
            throw new IllegalStateException("the reply has no stream beside its output");
        }
        return content;
    }

    /**
     * {@return the reply with a stream}
     *
     * @param stream the stream; the transport reads and closes it
     */
    public Reply<O> content(@Nullable Content stream) {
        return new Reply<>(status, headers, result, stream);
    }

    /**
     * {@return the reply with another output}
     *
     * @param change makes the output of the output
     * @param <P> the other output
     */
    public <P> Reply<P> map(Function<? super O, ? extends P> change) {
        return new Reply<>(status, headers, change.apply(result), content);
    }
}
