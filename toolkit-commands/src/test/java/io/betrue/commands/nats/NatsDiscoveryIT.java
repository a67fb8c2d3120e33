package io.betrue.commands.nats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Nothing;
import io.betrue.commands.nats.Shop.Text;
import io.betrue.errors.ProblemException;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.service.Discovery;
import io.nats.service.Endpoint;
import io.nats.service.EndpointStats;
import io.nats.service.InfoResponse;
import io.nats.service.PingResponse;
import io.nats.service.StatsResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Discovery, as NATS's own tools see it. */
class NatsDiscoveryIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private final Shop shop = new Shop();
    private final String prefix = NATS.namespace();
    private final String name = prefix + "-shop";
    private Connection connection;
    private Commands commands;
    private NatsServer server;
    private Discovery stock;

    @BeforeEach
    void open() throws Exception {
        connection = Nats.connect(NatsCommands.options(NATS.url()).build());
        commands = shop.commands();
        server = NatsCommands.serve(
                commands,
                connection,
                c -> c.prefix(prefix).name(name).version("1.2.0").description("Sells things"));
        stock = new Discovery(connection, 2_000, 1);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        commands.close();
        connection.close();
    }

    @Test
    void isFoundByTheStockClient() {
        PingResponse ping = stock.ping(name, server.id());
        assertThat(ping).isNotNull();
        assertThat(ping.getName()).isEqualTo(name);
        assertThat(ping.getVersion()).isEqualTo("1.2.0");
        assertThat(stock.ping(name)).hasSize(1);
        assertThat(new Discovery(connection, 300, 100).ping())
                .extracting(PingResponse::getId)
                .contains(server.id());
        assertThat(stock.ping(name, "another")).isNull();
    }

    @Test
    void describesItsCommands() {
        InfoResponse info = stock.info(name, server.id());
        assertThat(info.getDescription()).isEqualTo("Sells things");
        Endpoint echo = info.getEndpoints().stream()
                .filter(endpoint -> endpoint.getName().equals("shop-echo-v2"))
                .findFirst()
                .orElseThrow();
        assertThat(echo.getSubject()).isEqualTo(prefix + ".shop.echo.v2");
        assertThat(echo.getQueueGroup()).isEqualTo("q");
        assertThat(echo.getMetadata())
                .containsEntry("address", "shop/echo.v2")
                .containsEntry("open", "true")
                .containsEntry("internal", "false");
    }

    @Test
    void countsCallsAndErrors() {
        try (NatsClient target = NatsCommands.client(connection, c -> c.prefix(prefix))) {
            CommandClient client = CommandClient.of(target);
            client.call(Shop.ECHO, new Text("x"));
            client.call(Shop.ECHO, new Text("x"));
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> client.call(Shop.BREAK, Nothing.NOTHING)))
                    .isInstanceOf(ProblemException.class);
        }
        StatsResponse stats = stock.stats(name, server.id());
        assertThat(stats.getStarted()).isNotNull();
        EndpointStats echo = stats(stats, "shop-echo");
        assertThat(echo.getNumRequests()).isEqualTo(2);
        assertThat(echo.getNumErrors()).isZero();
        assertThat(echo.getProcessingTime()).isPositive();
        assertThat(echo.getAverageProcessingTime()).isEqualTo(echo.getProcessingTime() / 2);
        assertThat(stats(stats, "shop-break").getNumErrors()).isEqualTo(1);
        assertThat(stats(stats, "shop-break").getLastError()).isEqualTo("409:SOLD_OUT: Sold out");
    }

    private static EndpointStats stats(StatsResponse stats, String endpoint) {
        return stats.getEndpointStatsList().stream()
                .filter(one -> one.getName().equals(endpoint))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void writesWhatTheConventionWants() throws Exception {
        JsonNode info = new ObjectMapper()
                .readTree(connection
                        .request("$SRV.INFO." + name, new byte[0], Duration.ofSeconds(5))
                        .getData());
        assertThat(info.path("type").asText()).isEqualTo("io.nats.micro.v1.info_response");
        assertThat(info.path("metadata").isObject()).isTrue();
        JsonNode ping = new ObjectMapper()
                .readTree(connection
                        .request("$SRV.PING." + name, new byte[0], Duration.ofSeconds(5))
                        .getData());
        assertThat(ping.path("type").asText()).isEqualTo("io.nats.micro.v1.ping_response");
        assertThat(ping.path("id").asText()).isEqualTo(server.id());
        JsonNode stats = new ObjectMapper()
                .readTree(connection
                        .request("$SRV.STATS." + name, new byte[0], Duration.ofSeconds(5))
                        .getData());
        assertThat(stats.path("type").asText()).isEqualTo("io.nats.micro.v1.stats_response");
        assertThat(stats.path("endpoints").get(0).path("num_requests").isNumber())
                .isTrue();
    }

    @Test
    void tellsAGatewayWhatItCanForward() {
        // tag::discover[]
        List<NatsService> services = NatsCommands.discover(connection);
        NatsService ours = services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
        NatsClient target = NatsCommands.client(connection, c -> c.prefix(ours.prefix()));
        Commands gateway = Commands.of(c -> ours.commands().forEach(type -> c.forward(type, target)));
        // end::discover[]
        assertThat(gateway.client().call(Shop.ECHO, new Text("through"))).isEqualTo(new Text("through"));
        assertThat(ours.id()).isEqualTo(server.id());
        CommandType<?, ?> echo = ours.commands().stream()
                .filter(type -> type.address().equals("shop/echo"))
                .findFirst()
                .orElseThrow();
        assertThat(echo.isOpen()).isTrue();
        assertThat(echo.isIdempotent()).isTrue();
        assertThat(echo.description()).isEqualTo("Gives back");
        gateway.close();
        target.close();
    }

    @Test
    void isNotFoundAfterItsEnd() {
        server.close();
        assertThat(NatsCommands.discover(connection))
                .noneMatch(service -> service.name().equals(name));
    }
}
