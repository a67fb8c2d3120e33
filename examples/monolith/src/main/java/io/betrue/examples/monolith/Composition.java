package io.betrue.examples.monolith;

import io.betrue.commands.Authentication;
import io.betrue.commands.CallLog;
import io.betrue.commands.Commands;
import io.betrue.commands.RateLimit;
import io.betrue.commands.Telemetry;
import io.betrue.commands.hub.Hub;
import io.betrue.examples.accounts.AccountsService;
import io.betrue.examples.accounts.Tokens;
import io.betrue.examples.chat.ChatHub;
import io.betrue.examples.chat.ChatService;
import io.betrue.examples.files.FilesService;
import io.betrue.examples.ledger.LedgerService;
import io.betrue.examples.wallet.CallsConfig;
import io.betrue.examples.wallet.Catalogue;
import io.betrue.examples.wallet.Contracts;
import io.betrue.examples.wallet.Health;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;

/** All commands of all services in this process, behind one chain of guards: no transport, and no service, has guards of its own. */
final class Composition {
    private Composition() {}

    /**
     * Everything behind the doors.
     *
     * @param accounts who users are
     * @param chat who talks with whom
     * @param files what users keep
     * @param ledger whose money is where
     * @param hub tells clients
     */
    record Services(AccountsService accounts, ChatService chat, FilesService files, LedgerService ledger, Hub hub) {}

    /**
     * Who sends callers away.
     *
     * @param health knows whether the application has started
     * @param tokens knows who calls
     */
    record Guards(Health health, Tokens tokens) {}

    /**
     * {@return all of them}
     *
     * @param telemetry where spans and metrics of calls go
     */
    static Commands of(
            CallsConfig config, Contracts contracts, Guards guards, Services services, OpenTelemetry telemetry) {
        return Commands.of(commands -> {
            commands.intercept(Telemetry.with(telemetry))
                    .intercept(CallLog.create())
                    .intercept(new StartGuard(guards.health()))
                    .intercept(Authentication.bearer(guards.tokens()::verify))
                    .intercept(RateLimit.perCaller(config.rate, Duration.ofSeconds(1)))
                    .intercept(contracts.check())
                    .catalogue(Catalogue.ofAllServices())
                    .largestInput(Contracts.LARGEST_INPUT);
            services.accounts().handle(commands);
            services.chat().handle(commands);
            services.files().handle(commands);
            services.ledger().handle(commands);
            services.hub().handle(commands, ChatHub.admission());
        });
    }
}
