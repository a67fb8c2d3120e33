package io.betrue.examples.monolith;

import io.betrue.commands.Commands;
import io.betrue.commands.hub.Hub;
import io.betrue.config.Config;
import io.betrue.config.Environment;
import io.betrue.examples.accounts.Accounts;
import io.betrue.examples.accounts.TokenOptions;
import io.betrue.examples.accounts.Tokens;
import io.betrue.examples.chat.ChatService;
import io.betrue.examples.files.FilesService;
import io.betrue.examples.ledger.Ledger;
import io.betrue.examples.wallet.Contracts;
import io.betrue.examples.wallet.Health;
import io.betrue.examples.wallet.Storage;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.process.Readiness;
import io.javalin.Javalin;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The application with its routes and nothing behind them, for the command that writes its OpenAPI document. */
public final class Api implements Supplier<Javalin> {
    /** Makes the application when it is asked for. */
    public Api() {}

    /** {@return the application, which has opened neither a port nor a connection to a database} */
    @Override
    public Javalin get() {
        MonolithConfig config = Config.load(
                Environment.of(Map.of("DATABASE_URL", "postgresql://nobody@localhost/nothing")), MonolithConfig::new);
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        Wiring wiring = new Wiring();
        Instruments instruments = Instruments.none();
        Database database = wiring.database(config, new Launch(true), instruments);
        TokenOptions options = wiring.tokenOptions(config, new Launch(true), random);
        Tokens tokens = wiring.tokens(options, clock, random);
        PostgresJobs jobs = wiring.jobs(database, instruments);
        Accounts accounts = wiring.accounts(config, database, options, jobs, clock, random);
        Ledger ledger = wiring.ledger(database, clock);
        Health health = new Health(() -> Readiness.STARTING, Optional::empty);
        Contracts contracts = wiring.contracts(config);
        Hub hub = wiring.hub(instruments);
        ChatService chat = wiring.chat(database, wiring.events(database, jobs, instruments), hub, clock);
        FilesService files = wiring.files(config, database, Storage.of(config.files, config.own.dataDir), clock);
        Composition.Services services = wiring.services(
                accounts, chat, files, wiring.ledgerService(ledger, wiring.statements(ledger, jobs)), hub);
        Commands commands = wiring.commands(config, contracts, wiring.guards(health, tokens), services, instruments);
        return wiring.httpServer(config, commands, contracts, health, jobs, instruments)
                .javalin();
    }
}
