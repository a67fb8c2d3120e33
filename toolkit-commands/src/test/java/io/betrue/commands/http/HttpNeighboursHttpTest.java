package io.betrue.commands.http;

import static io.betrue.commands.http.Served.FIVE;
import static io.betrue.commands.http.Served.refused;
import static io.betrue.commands.http.Served.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.betrue.commands.Telemetry;
import io.betrue.schema.SchemaPlugin;
import io.betrue.schema.Schemas;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands beside what else is in the application: other plugins, handlers and routes. */
@SuppressWarnings("try") // the scope is ended, not used
class HttpNeighboursHttpTest {
    @RegisterExtension
    static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

    @Test
    void leavesCorsToItsPlugin() throws Exception {
        Consumer<JavalinConfig> cors = config -> {
            Served.WITH_ERRORS.accept(config);
            config.bundledPlugins.enableCors(all -> all.addRule(rule -> rule.allowHost("https://shop.example")));
        };
        try (Served served = new Served(cors, c -> {}, h -> {})) {
            HttpResponse<String> preflight = Served.send(served.to("/api/till/deposit")
                    .header("Origin", "https://shop.example")
                    .header("Access-Control-Request-Method", "POST")
                    .method("OPTIONS", BodyPublishers.noBody()));
            assertThat(preflight.statusCode()).isEqualTo(200);
            assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                    .contains("https://shop.example");
            HttpResponse<String> reply =
                    Served.send(served.json("/api/till/deposit", FIVE).header("Origin", "https://shop.example"));
            assertThat(reply.headers().firstValue("access-control-allow-origin"))
                    .contains("https://shop.example");
        }
    }

    @Test
    void readsWhatTheApplicationHasReadBefore() throws Exception {
        Consumer<JavalinConfig> reader = config -> {
            Served.WITH_ERRORS.accept(config);
            config.routes.before(ctx -> assertThat(ctx.body()).isEqualTo(FIVE));
        };
        try (Served served = new Served(reader, c -> {}, h -> {})) {
            assertThat(Served.send(served.json("/api/till/deposit", FIVE)).body())
                    .isEqualTo("{\"amount\":5}");
        }
    }

    @Test
    void checksNothingBeforeTheChainWhereSchemaPluginIs() throws Exception {
        Consumer<JavalinConfig> both = config -> {
            Served.WITH_ERRORS.accept(config);
            config.registerPlugin(new SchemaPlugin(Schemas.load(s -> {})));
        };
        try (Served served = new Served(both, c -> {}, h -> h.schemas(Till.schemas()))) {
            HttpRequest.Builder bad = served.json("/api/till/deposit", "{\"amount\": 0}");
            refused(422, "VALIDATION_FAILED", Served.send(bad));
            HttpRequest.Builder stranger = served.to("/api/till/deposit")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"amount\": 0}"));
            refused(401, "UNAUTHENTICATED", Served.send(stranger));
        }
    }

    @Test
    void goesOnWithTheSpanOfTheServer() throws Exception {
        Span server = OTEL.getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("POST")
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        Consumer<JavalinConfig> instrumented = config -> config.router.handlerWrapper(endpoint -> ctx -> {
            try (Scope unused = server.makeCurrent()) {
                endpoint.handler.handle(ctx);
            }
        });
        try (Served served =
                new Served(instrumented, c -> c.intercept(Telemetry.with(OTEL.getOpenTelemetry())), h -> {})) {
            Served.send(served.json("/api/till/deposit", FIVE)
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        }
        server.end();
        SpanData call = OTEL.getSpans().stream()
                .filter(span -> span.getName().equals("till/deposit"))
                .findFirst()
                .orElseThrow();
        assertThat(call.getParentSpanId()).isEqualTo(server.getSpanContext().getSpanId());
        assertThat(call.getTraceId()).isEqualTo(server.getSpanContext().getTraceId());
    }

    @Test
    void refusesTwoHandlersOfOneRoute() {
        try (var commands = new Till().commands(c -> {})) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Javalin.create(config -> {
                        config.routes.post("/api/till/deposit", ctx -> {});
                        config.registerPlugin(new HttpCommands(commands));
                    }));
        }
    }
}
