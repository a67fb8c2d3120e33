package io.betrue.commands.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Authentication;
import io.betrue.commands.CommandDescription;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Nothing;
import io.betrue.commands.Principal;
import io.betrue.commands.SchemaCheck;
import io.betrue.commands.http.HttpCommands;
import io.betrue.commands.nats.NatsClient;
import io.betrue.commands.nats.NatsCommands;
import io.betrue.commands.nats.NatsServer;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.schema.Schemas;
import io.betrue.swagger.SecurityScheme;
import io.betrue.swagger.SwaggerPlugin;
import io.betrue.testsupport.TestNats;
import io.javalin.Javalin;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the document of a gateway says of the services behind it. */
class MergedDocumentIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    record Line(String item, int count) {}

    record Order(String customer, List<Line> lines) {}

    record Count(long number) {}

    enum OrderError implements ErrorCode {
        SOLD_OUT(ErrorDefinition.of(409, "Sold out").detail("There are {left} left."));

        private final ErrorDefinition definition;

        OrderError(ErrorDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ErrorDefinition definition() {
            return definition;
        }
    }

    private static final CommandType<Order, Count> PLACE = CommandType.of("orders/place", Order.class, Count.class)
            .description("Places an order\nWith all its lines.")
            .takingKey()
            .problems(OrderError.SOLD_OUT);
    private static final CommandType<Nothing, Count> COUNT = CommandType.of("orders/count", Nothing.class, Count.class)
            .idempotent()
            .open();
    private static final CommandType<Nothing, Nothing> SECRET =
            CommandType.of("orders/secret", Nothing.class, Nothing.class).internal();
    private static final CommandType<JsonNode, JsonNode> BOOK = CommandType.of(
                    "ledger/book", JsonNode.class, JsonNode.class)
            .version(2)
            .roles("clerk", "auditor");
    private static final CommandType<Nothing, Count> IMPORT =
            CommandType.of("ledger/import", Nothing.class, Count.class).takingContent();

    private static final SchemaCheck LEDGER = SchemaCheck.with(Schemas.load(s -> s.json("ledger/book.v2/in", """
            {"type": "object", "required": ["amount"], "additionalProperties": false,
             "properties": {"amount": {"$ref": "#/definitions/money"}},
             "definitions": {"money": {"type": "integer", "minimum": 1}}}""")));

    private final ObjectMapper json = new ObjectMapper();
    private final String prefix = NATS.namespace();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    private Connection connect() throws Exception {
        return keep(Nats.connect(NatsCommands.options(NATS.url()).build()));
    }

    private static Commands commands(Consumer<CommandsConfig> more) {
        return Commands.of(c -> {
            c.intercept(Authentication.bearer(
                    token -> token.equals("anna") ? Optional.of(Principal.of("anna")) : Optional.empty()));
            more.accept(c);
        });
    }

    private static Commands orders() {
        return commands(c -> c.intercept(SchemaCheck.ofRecords())
                .handle(PLACE, (context, order) -> new Count(order.lines().size()))
                .handle(COUNT, (context, nothing) -> new Count(7))
                .handle(SECRET, (context, nothing) -> nothing));
    }

    private static Commands ledger() {
        return commands(c -> c.intercept(LEDGER)
                .handle(BOOK, (context, booking) -> booking)
                .handle(IMPORT, (context, nothing) -> new Count(0)));
    }

    private void serve(String name, Commands commands, SchemaCheck schemas) throws Exception {
        NatsServer server = NatsCommands.serve(
                keep(commands), connect(), c -> c.prefix(prefix).name(name).schemas(schemas));
        keep(server);
    }

    private Javalin web(Commands commands, SchemaCheck schemas) {
        Javalin app = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.startupWatcherEnabled = false;
                    config.registerPlugin(new ErrorsPlugin());
                    config.registerPlugin(new HttpCommands(commands, h -> h.schemas(schemas)));
                    config.registerPlugin(new SwaggerPlugin(
                            s -> s.title("Shop").version("1").security(SecurityScheme.bearer("token"))));
                })
                .start("127.0.0.1", 0);
        keep((AutoCloseable) app::stop);
        return app;
    }

    private JsonNode document(Javalin app) throws Exception {
        return json.readTree(
                send(HttpRequest.newBuilder(uri(app, "/openapi.json")).GET()));
    }

    private static URI uri(Javalin app, String path) {
        return URI.create("http://127.0.0.1:" + app.port() + path);
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    /** {@return what stands at a path of a document, with what it refers to in place} */
    private static JsonNode resolved(JsonNode document, JsonNode node) {
        JsonNode copy = node.deepCopy();
        JsonNode reference = copy.get("$ref");
        if (reference != null) {
            return resolved(document, document.at(reference.asText().substring(1)));
        }
        if (copy instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> object.set(name, resolved(document, object.get(name))));
        } else if (copy instanceof com.fasterxml.jackson.databind.node.ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, resolved(document, array.get(i)));
            }
        }
        return copy;
    }

    private static void assertSame(JsonNode merged, JsonNode alone, String path) {
        assertThat(alone.path("paths").has(path)).as(path).isTrue();
        assertThat(resolved(merged, merged.path("paths").path(path)))
                .as(path)
                .isEqualTo(resolved(alone, alone.path("paths").path(path)));
    }

    @Test
    void saysOfEachCommandWhatItsServiceSays() throws Exception {
        serve("orders", orders(), SchemaCheck.ofRecords());
        serve("ledger", ledger(), LEDGER);
        Connection connection = connect();
        String here = prefix;
        // tag::merged[]
        List<CommandDescription> descriptions = NatsCommands.discover(connection).stream()
                .filter(service -> service.prefix().equals(here))
                .flatMap(service -> service.descriptions().stream())
                .toList();
        RemoteCommands remote = RemoteCommands.of(descriptions);
        NatsClient nats = NatsCommands.client(connection, c -> c.prefix(here));
        Commands gateway = Commands.of(c -> {
            c.intercept(Authentication.bearer(MergedDocumentIT::verify));
            remote.types().forEach(type -> c.forward(type, nats)); // shown, known to be idempotent, keyed, open
            c.forward("orders/*", nats); // what is added later, not shown until the next start
        });
        HttpCommands http = new HttpCommands(gateway, h -> h.schemas(remote.schemas()));
        // end::merged[]
        keep(nats);
        keep(gateway);
        Javalin app = web(gateway, remote.schemas());
        assertThat(http).isNotNull();

        JsonNode merged = document(app);
        JsonNode orders = document(web(keep(orders()), SchemaCheck.ofRecords()));
        JsonNode ledger = document(web(keep(ledger()), LEDGER));
        assertSame(merged, orders, "/api/orders/place");
        assertSame(merged, orders, "/api/orders/count");
        assertSame(merged, ledger, "/api/ledger/book.v2");
        assertSame(merged, ledger, "/api/ledger/import");
        assertThat(merged.path("paths").has("/api/orders/secret")).isFalse();
        assertThat(merged.toString()).contains("SOLD_OUT", "auditor", "Places an order", "\"minimum\":1");

        String answer = send(HttpRequest.newBuilder(uri(app, "/api/orders/place"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer anna")
                .POST(BodyPublishers.ofString("{\"customer\":\"a\",\"lines\":[{\"item\":\"x\",\"count\":1}]}")));
        assertThat(json.readTree(answer).path("number").asLong()).isEqualTo(1);
    }

    private static Optional<Principal> verify(String token) {
        return token.equals("anna") ? Optional.of(Principal.of("anna")) : Optional.empty();
    }
}
