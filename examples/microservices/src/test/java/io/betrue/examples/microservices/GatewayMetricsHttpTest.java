package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.commands.Commands;
import io.betrue.commands.Nothing;
import io.betrue.commands.Principal;
import io.betrue.commands.Target;
import io.betrue.commands.hub.Hub;
import io.betrue.config.Config;
import io.betrue.config.ConfigSet;
import io.betrue.config.Environment;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.examples.ledger.api.LedgerCommands;
import io.betrue.examples.wallet.CallsConfig;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.examples.wallet.telemetry.TelemetryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a gateway counts of a service that is away, under the names that dashboards and alerts ask for. */
class GatewayMetricsHttpTest {
    private static final Pattern ASKED = Pattern.compile("betrue_gateway_\\w+");
    private static final int CALLS = 40; // a breaker opens after 20

    private static final class Settings extends ConfigSet {
        final CallsConfig calls = group(CallsConfig::new);
        final TelemetryConfig telemetry = group(TelemetryConfig::new);

        Settings(Environment env) {
            super(env);
        }
    }

    @Test
    void countsWhatItTriesAgainAndWhatItDoesNotSend() throws Exception {
        int port = freePort();
        Settings settings = Config.load(Environment.of(Map.of("METRICS_PORT", Integer.toString(port))), Settings::new);
        Target away = call -> CompletableFuture.failedFuture(
                StandardError.UNAVAILABLE.problem().toException());
        try (Instruments instruments = Instruments.of(settings.telemetry, "gateway");
                Hub hub = Hub.of(config -> {});
                Commands commands = GatewayCommands.of(
                        settings.calls,
                        call -> {
                            call.identify(Principal.of("anna"));
                            return call.proceed();
                        },
                        away,
                        hub,
                        instruments.openTelemetry())) {
            instruments.start();
            for (int i = 0; i < CALLS; i++) {
                assertThatThrownBy(() -> commands.client().call(LedgerCommands.CURRENCIES, Nothing.NOTHING))
                        .isInstanceOf(ProblemException.class);
            }
            String metrics = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertThat(metrics)
                    .containsPattern("betrue_gateway_tries_total\\{[^}]*betrue_target=\"ledger\"")
                    .containsPattern("betrue_gateway_refusals_total\\{[^}]*betrue_target=\"ledger\"")
                    .containsPattern("betrue_gateway_breaker_changes_total\\{[^}]*betrue_breaker_state=\"open\"");
            assertThat(asked())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(metrics).contains(name + "{"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Set<String> asked() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("../ops"))) {
            for (Path file : files.filter(path -> path.toString().matches(".*(alerts\\.yml|\\.json)"))
                    .toList()) {
                ASKED.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group()));
            }
        }
        return names;
    }
}
