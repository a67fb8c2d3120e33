package io.betrue.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.errors.ProblemException;
import io.betrue.schema.Schema;
import io.betrue.schema.Schemas;
import io.betrue.schema.Violation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what comes in and goes out against JSON Schemas, also where both sides are in one process: an input that does not fit is VALIDATION_FAILED, an output that does
 * not fit is INTERNAL and the log says why. The schema of a command is the registered one of the name {@code <code>/in} or {@code <code>/out}, with {@code .v2} after the
 * code for later versions, else the one that its record makes. Forwarded calls are checked where they are handled. Safe for use by multiple threads.
 */
public final class SchemaCheck implements Interceptor {
    private static final Logger log = LoggerFactory.getLogger(SchemaCheck.class);

    private final @Nullable Schemas schemas;
    private final Replies replies;
    private final Map<CommandType<?, ?>, Pair> known = new ConcurrentHashMap<>();

    /** What is done about what goes out. */
    private enum Replies {
        IGNORED,
        LOGGED,
        REFUSED
    }

    /** The schemas of one command; null where nothing is demanded. */
    private record Pair(@Nullable Schema in, @Nullable Schema out) {}

    private SchemaCheck(@Nullable Schemas schemas, Replies replies) {
        this.schemas = schemas;
        this.replies = replies;
    }

    /** {@return a check by the records of the commands alone} */
    public static SchemaCheck ofRecords() {
        return new SchemaCheck(null, Replies.REFUSED);
    }

    /**
     * {@return a check by registered schemas, and by records where there is none}
     *
     * @param schemas the schemas
     */
    public static SchemaCheck with(Schemas schemas) {
        return new SchemaCheck(schemas, Replies.REFUSED);
    }

    /** {@return the check of what comes in alone} */
    public SchemaCheck inputsOnly() {
        return new SchemaCheck(schemas, Replies.IGNORED);
    }

    /** {@return the check that lets an output that does not fit go out, and writes an error to the log: the work behind it is done, whatever the caller is told} */
    public SchemaCheck loggingOutputs() {
        return new SchemaCheck(schemas, Replies.LOGGED);
    }

    /**
     * {@return what the input of a command is checked against; empty if it may be anything}
     *
     * @param type the command
     */
    public Optional<Schema> input(CommandType<?, ?> type) {
        return Optional.ofNullable(pair(type).in);
    }

    /**
     * {@return what the output of a command is checked against; empty if it may be anything}
     *
     * @param type the command
     */
    public Optional<Schema> output(CommandType<?, ?> type) {
        return Optional.ofNullable(pair(type).out);
    }

    @Override
    public void prepare(Collection<CommandType<?, ?>> types) {
        types.forEach(this::pair);
    }

    private Pair pair(CommandType<?, ?> type) {
        Pair pair = known.get(type);
        return pair != null
                ? pair
                : known.computeIfAbsent(
                        type,
                        key -> new Pair(
                                schema(key.address() + "/in", key.input()),
                                schema(key.address() + "/out", key.output())));
    }

    private @Nullable Schema schema(String name, Class<?> type) {
        if (schemas != null && schemas.names().contains(name)) {
            return schemas.get(name);
        }
        return JsonNode.class.isAssignableFrom(type) ? null : Schemas.of(type);
    }

    @Override
    public CompletionStage<Reply<Payload>> intercept(Invocation call) {
        if (call.isForwarded()) {
            return call.proceed();
        }
        Pair pair = pair(call.type());
        if (pair.in != null) {
            pair.in.check(call.input().tree(call.mapper()));
        }
        Schema out = pair.out;
        return out == null || replies == Replies.IGNORED
                ? call.proceed()
                : call.proceed().thenApply(reply -> checked(reply, out, call));
    }

    private Reply<Payload> checked(Reply<Payload> reply, Schema out, Invocation call) {
        List<Violation> violations;
        try {
            violations = out.validate(reply.result().tree(call.mapper()));
        } catch (ProblemException e) {
            throw new IllegalStateException("the output of " + call.type() + " cannot be read", e);
        }
        if (!violations.isEmpty()) {
            String fault = "the output of " + call.type() + " does not fit its schema: " + violations;
            if (replies == Replies.REFUSED) {
                throw new IllegalStateException(fault);
            }
            log.error(fault);
        }
        return reply;
    }
}
