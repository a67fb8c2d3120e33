package io.betrue.examples.microservices;

import io.betrue.commands.CallLog;
import io.betrue.commands.Commands;
import io.betrue.commands.Interceptor;
import io.betrue.commands.RateLimit;
import io.betrue.commands.Target;
import io.betrue.commands.Telemetry;
import io.betrue.commands.gateway.Resilience;
import io.betrue.commands.hub.Hub;
import io.betrue.examples.chat.ChatHub;
import io.betrue.examples.wallet.CallsConfig;
import io.betrue.examples.wallet.Catalogue;
import io.betrue.examples.wallet.Contracts;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;

/**
 * What the gateway does with commands: it counts the calls of each caller, and sends each to the service that has it. Inputs and outputs are the services' to check; those of the hub
 * are handled here, where the sockets are.
 */
final class GatewayCommands {
    private GatewayCommands() {}

    /**
     * {@return all commands of all services}
     *
     * @param authentication finds out who calls; the services do it again
     * @param services where the services are
     * @param hub tells the clients that are connected here
     * @param telemetry where spans and metrics of calls go
     */
    static Commands of(
            CallsConfig config, Interceptor authentication, Target services, Hub hub, OpenTelemetry telemetry) {
        return Commands.of(commands -> {
            commands.intercept(Telemetry.with(telemetry))
                    .intercept(CallLog.create())
                    .intercept(authentication)
                    .intercept(RateLimit.perCaller(config.rate, Duration.ofSeconds(1)))
                    .catalogue(Catalogue.ofAllServices())
                    .largestInput(Contracts.LARGEST_INPUT);
            for (Service service : Service.ALL) {
                Target target = Resilience.around(
                        service.code(), services, r -> r.telemetry(telemetry)); // each has a breaker of its own
                service.commands().forEach(type -> commands.forward(type, target));
                commands.forward(service.code() + "/*", target); // what a newer service has beyond them
            }
            hub.handle(commands, ChatHub.admission());
        });
    }
}
