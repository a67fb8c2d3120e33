package io.betrue.commands;

import io.betrue.errors.StandardError;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Finds out who calls and whether they may: nobody but a known {@link Principal} passes, except to {@linkplain CommandType#open() open} commands, and where a command
 * names {@linkplain CommandType#roles roles} the caller needs one. Every process verifies the token itself; none believes another who the caller is. Safe for use by
 * multiple threads.
 */
public final class Authentication implements Interceptor {
    private static final String BEARER = "bearer ";

    private final Function<CommandContext, Optional<Principal>> verifier;

    private Authentication(Function<CommandContext, Optional<Principal>> verifier) {
        this.verifier = verifier;
    }

    /**
     * {@return authentication by the token in the header {@code authorization} (RFC 6750)}
     *
     * @param verifier says whose token it is; empty if it is not valid; called by many threads at once
     */
    public static Authentication bearer(Function<String, Optional<Principal>> verifier) {
        return by(context -> token(context).flatMap(verifier));
    }

    /**
     * {@return authentication by whatever a call carries}
     *
     * @param verifier says who calls; empty if it is a stranger or the proof is not valid; called by many threads at once
     */
    public static Authentication by(Function<CommandContext, Optional<Principal>> verifier) {
        return new Authentication(verifier);
    }

    private static Optional<String> token(CommandContext context) {
        String header = context.header("authorization");
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    @Override
    public CompletionStage<Reply<Payload>> intercept(Invocation call) {
        CommandContext context = call.context();
        if (context.caller().isEmpty()) {
            verifier.apply(context).ifPresent(call::identify);
        }
        CommandType<?, ?> type = call.type();
        if (!type.isOpen()) {
            Principal caller = context.principal();
            if (!type.roles().isEmpty() && Collections.disjoint(type.roles(), caller.roles())) {
                throw StandardError.FORBIDDEN.problem().toException();
            }
        }
        return call.proceed();
    }
}
