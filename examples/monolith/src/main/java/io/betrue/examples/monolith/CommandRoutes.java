package io.betrue.examples.monolith;

import static io.betrue.schema.RouteParts.header;
import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.out;
import static io.betrue.schema.RouteParts.problems;

import io.betrue.errors.ErrorCode;
import io.betrue.errors.StandardError;
import io.betrue.examples.accounts.Tokens;
import io.betrue.schema.RouteSchema;
import io.betrue.schema.SchemaBody;
import io.betrue.schema.Schemas;
import io.betrue.swagger.Operation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Answers commands over HTTP: who calls, what comes in, the work, what goes out. */
final class CommandRoutes {
    static final String PREFIX = "/api";

    private static final String BEARER = "bearer ";
    private static final String CALLER = "caller";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Tokens tokens;

    CommandRoutes(Tokens tokens) {
        this.tokens = tokens;
    }

    /** {@return every schema of the services on the class path} */
    static Schemas schemas() {
        return Schemas.load(sources -> sources.classPath("schemas"));
    }

    void add(RoutesConfig routes, List<Command<?>> commands) {
        routes.beforeMatched(this::identify); // first of all: strangers are not told what is wrong with their input
        commands.forEach(command -> routes.addEndpoint(endpoint(command)));
    }

    private static <I> Endpoint endpoint(Command<I> command) {
        RouteSchema schema = RouteSchema.of(
                in(command.code() + "/in"),
                out(200, command.code() + "/out"),
                problems(command.problems().toArray(new ErrorCode[0])));
        if (command.work() instanceof Command.SignedIn<I> work) {
            RouteSchema all = command.keyed()
                    ? RouteSchema.of(schema, header(IDEMPOTENCY_KEY, "ledger/idempotency-key"))
                    : schema;
            return route(command, all, ctx -> ctx.json(work.function().apply(input(ctx, command), caller(ctx))))
                    .withMetadata(new Roles(Set.of(Access.SIGNED_IN)));
        }
        Command.Open<I> work = (Command.Open<I>) command.work();
        return route(command, schema, ctx -> ctx.json(work.function().apply(input(ctx, command))));
    }

    private static Endpoint route(Command<?> command, RouteSchema schema, Handler handler) {
        return Endpoint.create(HandlerType.POST, PREFIX + "/" + command.code())
                .addMetadata(Operation.of(command.summary()).id(operationId(command.code())))
                .addMetadata(schema)
                .handler(handler);
    }

    /** {@return {@code accountsSignIn} for {@code accounts/sign-in}} */
    private static String operationId(String code) {
        return Pattern.compile("[/-](.)")
                .matcher(code)
                .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }

    private static <I> I input(Context ctx, Command<I> command) {
        return SchemaBody.as(ctx, command.input());
    }

    private static Caller caller(Context ctx) {
        return Objects.requireNonNull(ctx.attribute(CALLER));
    }

    private void identify(Context ctx) {
        if (!ctx.routeRoles().contains(Access.SIGNED_IN)) {
            return;
        }
        String header = ctx.header("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw StandardError.UNAUTHENTICATED.problem().toException();
        }
        UUID userId = tokens.verify(header.substring(BEARER.length()).strip())
                .orElseThrow(() -> StandardError.UNAUTHENTICATED.problem().toException());
        ctx.attribute(CALLER, new Caller(userId, ctx.header(IDEMPOTENCY_KEY)));
    }
}
