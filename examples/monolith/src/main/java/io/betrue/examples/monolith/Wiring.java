package io.betrue.examples.monolith;

import io.avaje.inject.Bean;
import io.avaje.inject.Factory;
import io.avaje.inject.InjectModule;
import io.betrue.commands.Commands;
import io.betrue.examples.accounts.Accounts;
import io.betrue.examples.accounts.AccountsOptions;
import io.betrue.examples.accounts.AccountsService;
import io.betrue.examples.accounts.SigningKeys;
import io.betrue.examples.accounts.TokenOptions;
import io.betrue.examples.accounts.Tokens;
import io.betrue.examples.ledger.Ledger;
import io.betrue.examples.ledger.LedgerOptions;
import io.betrue.examples.ledger.LedgerService;
import io.betrue.examples.ledger.Statements;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.process.Run;
import java.security.SecureRandom;
import java.time.Clock;

/** Who needs whom: Avaje Inject writes the code that calls these methods in order. */
@Factory
@InjectModule(requires = {MonolithConfig.class, Launch.class, Run.class})
final class Wiring {
    private static final String ISSUER = "monolith";

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

    @Bean
    Database database(MonolithConfig config, Launch launch) {
        return Database.of(config.database, launch.ephemeral());
    }

    @Bean
    TokenOptions tokenOptions(MonolithConfig config, Launch launch, SecureRandom random) {
        SigningKeys keys = config.accounts
                .tokenSecret
                .map(SigningKeys::of)
                .orElseGet(() -> launch.ephemeral()
                        ? TokenSecret.forgotten(random)
                        : TokenSecret.keptIn(config.database.dataDir, random));
        return TokenOptions.of(keys, ISSUER, ISSUER).lifetime(config.accounts.tokenLifetime);
    }

    @Bean
    Tokens tokens(TokenOptions options, Clock clock, SecureRandom random) {
        return new Tokens(options, clock, random);
    }

    @Bean
    Accounts accounts(Database database, TokenOptions tokens, Clock clock, SecureRandom random) {
        return new Accounts(database.dataSource(), AccountsOptions.of(tokens), clock, random);
    }

    @Bean
    Ledger ledger(Database database, Clock clock) {
        return new Ledger(database.dataSource(), LedgerOptions.defaults(), clock);
    }

    @Bean
    Statements statements(Database database, Ledger ledger) {
        return new Statements(
                ledger, PostgresJobs.create(database.dataSource(), config -> config.schema(BackgroundWork.SCHEMA)));
    }

    @Bean
    InnerWorker innerWorker(Database database) {
        return new InnerWorker(database.backgroundDataSource());
    }

    @Bean
    Health health(Database database, Run run) {
        return new Health(database, run::readiness);
    }

    @Bean
    Contracts contracts(MonolithConfig config) {
        return Contracts.of(config.calls.responseCheck);
    }

    @Bean
    Composition.Services services(Accounts accounts, Ledger ledger, Statements statements) {
        return new Composition.Services(new AccountsService(accounts), new LedgerService(ledger, statements));
    }

    @Bean
    Commands commands(
            MonolithConfig config, Contracts contracts, Tokens tokens, Health health, Composition.Services services) {
        return Composition.of(config.calls, contracts, tokens, health, services);
    }

    @Bean
    HttpServer httpServer(MonolithConfig config, Commands commands, Contracts contracts, Health health) {
        return new HttpServer(config, commands, contracts, health);
    }

    @Bean
    Monolith monolith(
            MonolithConfig config, Database database, InnerWorker worker, Commands commands, HttpServer http) {
        return new Monolith(config, database, worker, commands, http);
    }
}
