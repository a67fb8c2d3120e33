package io.betrue.swagger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.StandardError;
import io.betrue.schema.Parameter;
import io.betrue.schema.RoutePart;
import io.betrue.schema.RouteParts;
import io.betrue.schema.RouteSchema;
import io.betrue.schema.Schemas;
import io.javalin.Javalin;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.sse.SseHandler;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** An application that nobody would write, made of a seed. */
final class RandomApplication {
    enum Role implements RouteRole {
        USER,
        ADMIN,
        ANYONE
    }

    private static final List<String> SEGMENTS = List.of(
            "orders",
            "a-b",
            "a_b",
            "A",
            "{id}",
            "{x}",
            "<rest>",
            "*",
            "f-{n}.json",
            "{a}-{b}",
            "été",
            "with space",
            "v1.2",
            "{id}*",
            "pre*post",
            "%7Bx%7D");
    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY", "PURGE",
            "CONNECT");
    private static final Handler NOTHING = ctx -> {};

    private final Random random;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Schemas schemas;
    private final int names;

    RandomApplication(long seed) {
        random = new Random(seed);
        names = 1 + random.nextInt(4);
        schemas = Schemas.load(s -> {
            for (int i = 0; i < names; i++) {
                ObjectNode root = new RandomSchemas(random).root();
                String draft = root.path("$schema").asText().replaceAll("\\D", "");
                root.withObject("/properties").putObject("shared").put("$ref", "/common/" + draft + "#/definitions/s");
                s.json("kind/s " + i, root.toString());
            }
            for (String draft : List.of("04", "06", "07")) {
                s.json(
                        "common/" + draft,
                        "{\"$schema\": \"http://json-schema.org/draft-DRAFT/schema#\", \"definitions\": {\"s\": {\"items\": {\"$ref\": \"#/definitions/s\"}}}}"
                                .replace("DRAFT", draft));
            }
        });
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            String method = METHODS.get(random.nextInt(METHODS.size()));
            String path = path();
            if (isAccepted(path) && taken.add(method + " " + path)) {
                endpoints.add(endpoint(method, path));
            }
        }
    }

    /** The application with its routes in some order; the document must not show which. */
    Javalin build(Random order) {
        List<Endpoint> shuffled = new ArrayList<>(endpoints);
        Collections.shuffle(shuffled, order);
        return Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.title("Random \"application\"")
                    .version("1")
                    .description("# Hello")
                    .schemas(schemas)
                    .publicRoles(Role.ANYONE)
                    .security(
                            SecurityScheme.bearer(),
                            SecurityScheme.header("X-Key"),
                            SecurityScheme.openIdConnect(URI.create("https://id.example/x")))
                    .problems(ErrorCatalogue.of())));
            shuffled.forEach(config.routes::addEndpoint);
        });
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            path.append('/').append(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    /** Javalin refuses a few itself: a name twice, and a wildcard beside a parameter. */
    private static boolean isAccepted(String path) {
        try {
            Javalin.create(config -> config.routes.get(path, NOTHING));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Endpoint endpoint(String method, String path) {
        boolean events = method.equals("GET") && random.nextInt(8) == 0;
        var builder = Endpoint.create(HandlerType.findOrCreate(method), path);
        if (random.nextBoolean()) {
            builder.addMetadata(
                    new Roles(EnumSet.of(Role.values()[random.nextInt(3)], Role.values()[random.nextInt(2)])));
        }
        if (random.nextBoolean()) {
            Operation operation = Operation.of("Says 'something'").description("With *text*");
            builder.addMetadata(
                    random.nextInt(3) == 0
                            ? operation.id("fixed").problems(StandardError.CONFLICT)
                            : operation.deprecated());
        }
        if (random.nextInt(4) > 0) {
            builder.addMetadata(RouteSchema.of(parts(path, method).toArray(new RoutePart[0])));
        }
        return builder.handler(events ? new SseHandler(client -> {}) : NOTHING);
    }

    private List<RoutePart> parts(String path, String method) {
        List<RoutePart> parts = new ArrayList<>();
        if (path.contains("{id}")) {
            parts.add(RouteParts.path("id", "{\"type\": \"integer\"}"));
        }
        if (random.nextBoolean()) {
            parts.add(RouteParts.query("q", "{\"type\": \"array\", \"items\": {\"type\": \"string\"}}")
                    .describedAs("Text"));
            parts.add(RouteParts.query("p", name()).require());
            parts.add(RouteParts.header("X-H", "{\"const\": \"a\"}"));
            parts.add(
                    RouteParts.cookie("c", "{\"type\": [\"array\", \"null\"]}").style(Parameter.ArrayStyle.COMMAS));
        }
        if (!method.equals("GET") && random.nextBoolean()) {
            parts.add(RouteParts.in(name()));
            parts.add(RouteParts.form(name()));
        } else if (random.nextBoolean()) {
            parts.add(RouteParts.inStream("application/octet-stream").optional());
        }
        if (random.nextBoolean()) {
            parts.add(RouteParts.out(200, name()).describedAs("Good"));
            parts.add(RouteParts.out("4XX", "{\"type\": \"object\", \"properties\": {\"again\": {\"$ref\": \"#\"}}}"));
            parts.add(RouteParts.out(204));
            parts.add(RouteParts.outStream(206, "image/png"));
            parts.add(RouteParts.problems(StandardError.GONE, StandardError.NOT_FOUND));
        }
        return parts;
    }

    private String name() {
        return "kind/s " + random.nextInt(names);
    }
}
