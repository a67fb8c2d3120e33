package io.betrue.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who answers calls of one address or of a group. */
sealed interface Route {
    /** {@return whether the calls leave the process} */
    boolean isForward();

    /** Answers a call that has passed every interceptor. */
    CompletionStage<Reply<Payload>> answer(Run run) throws Exception;

    /** A handler of this process. */
    record Local<I, O>(CommandType<I, O> type, ReplyHandler<I, O> handler, Lane lane) implements Route {
        @Override
        public boolean isForward() {
            return false;
        }

        @Override
        public CompletionStage<Reply<Payload>> answer(Run run) throws Exception {
            ObjectMapper mapper = run.mapper;
            I input = run.call.input().as(type.input(), mapper);
            Reply<O> reply = handler.handle(run.context, input);
            return CompletableFuture.completedFuture(reply.map(output -> Payload.of(given(output))));
        }

        private Object given(O output) {
            if (type.output().isInstance(output)) {
                return output;
            }
            if (output == null && type.output() == Nothing.class) {
                return Nothing.NOTHING;
            }
            throw new IllegalStateException("the handler of " + type + " gave "
                    + (output == null ? "null" : output.getClass().getName()) + " instead of "
                    + type.output().getName());
        }
    }

    /** Another process, or a part of this one. */
    record Forward(CommandType<?, ?> type, Target target) implements Route {
        @Override
        public boolean isForward() {
            return true;
        }

        @Override
        public CompletionStage<Reply<Payload>> answer(Run run) {
            return target.send(run.context.onward(run.call));
        }
    }
}
