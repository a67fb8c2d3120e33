package io.betrue.examples.monolith;

import io.avaje.inject.Bean;
import io.avaje.inject.Factory;
import io.avaje.inject.InjectModule;
import io.betrue.commands.CommandContext;
import io.betrue.commands.Commands;
import io.betrue.commands.hub.Hub;
import io.betrue.config.Secret;
import io.betrue.errors.ProblemException;
import io.betrue.examples.accounts.Accounts;
import io.betrue.examples.accounts.AccountsOptions;
import io.betrue.examples.accounts.AccountsService;
import io.betrue.examples.accounts.PasswordOptions;
import io.betrue.examples.accounts.SigningKeys;
import io.betrue.examples.accounts.TokenOptions;
import io.betrue.examples.accounts.Tokens;
import io.betrue.examples.accounts.api.AccountsCommands;
import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.accounts.api.UserQuery;
import io.betrue.examples.chat.ChatHub;
import io.betrue.examples.chat.ChatOptions;
import io.betrue.examples.chat.ChatService;
import io.betrue.examples.files.FilesService;
import io.betrue.examples.ledger.Ledger;
import io.betrue.examples.ledger.LedgerOptions;
import io.betrue.examples.ledger.LedgerService;
import io.betrue.examples.ledger.Statements;
import io.betrue.examples.wallet.Contracts;
import io.betrue.examples.wallet.DoorsOptions;
import io.betrue.examples.wallet.Health;
import io.betrue.examples.wallet.HttpServer;
import io.betrue.examples.wallet.InnerWorker;
import io.betrue.examples.wallet.Storage;
import io.betrue.examples.wallet.TokenSecret;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.jobs.events.Events;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.process.Run;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who needs whom: Avaje Inject writes the code that calls these methods in order. */
@Factory
@InjectModule(requires = {MonolithConfig.class, Launch.class, Run.class})
final class Wiring {
    /** The PostgreSQL schema of the events. */
    static final String EVENTS = "events";

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
    Instruments instruments(MonolithConfig config) {
        return Instruments.of(config.telemetry, ISSUER);
    }

    @Bean
    Database database(MonolithConfig config, Launch launch, Instruments instruments) {
        return Database.of(config.database, config.own, launch.ephemeral(), instruments);
    }

    @Bean
    TokenOptions tokenOptions(MonolithConfig config, Launch launch, SecureRandom random) {
        SigningKeys keys = config.accounts
                .tokenSecret
                .map(SigningKeys::of)
                .orElseGet(() -> launch.ephemeral()
                        ? TokenSecret.forgotten(random)
                        : TokenSecret.keptIn(config.own.dataDir, random));
        return TokenOptions.of(keys, ISSUER, ISSUER).lifetime(config.accounts.tokenLifetime);
    }

    @Bean
    Tokens tokens(TokenOptions options, Clock clock, SecureRandom random) {
        return new Tokens(options, clock, random);
    }

    @Bean
    PostgresJobs jobs(Database database, Instruments instruments) {
        return PostgresJobs.create(
                database.dataSource(),
                config -> config.schema(BackgroundWork.SCHEMA).openTelemetry(instruments.openTelemetry()));
    }

    @Bean
    Accounts accounts(
            MonolithConfig config,
            Database database,
            TokenOptions tokens,
            PostgresJobs jobs,
            Clock clock,
            SecureRandom random) {
        AccountsOptions options = new AccountsOptions(
                tokens,
                PasswordOptions.defaults(),
                config.accounts.sessions(),
                config.codes.codes(),
                config.accounts.confirmation,
                config.accounts.callsPerMinute);
        return new Accounts(database.dataSource(), options, jobs::in, clock, random);
    }

    @Bean
    Ledger ledger(Database database, Clock clock) {
        return new Ledger(database.dataSource(), LedgerOptions.defaults(), clock);
    }

    @Bean
    Statements statements(Ledger ledger, PostgresJobs jobs) {
        return new Statements(ledger, jobs);
    }

    @Bean
    Events events(Database database, PostgresJobs jobs, Instruments instruments) {
        return Events.create(
                database.backgroundDataSource(),
                jobs,
                config -> config.schema(EVENTS)
                        .worker(worker -> worker.openTelemetry(instruments.openTelemetry())
                                .joinTraces()));
    }

    @Bean
    Hub hub(Instruments instruments) {
        return Hub.of(config -> config.telemetry(instruments.openTelemetry()));
    }

    @Bean
    ChatService chat(Database database, Events events, Hub hub, Clock clock) {
        ChatService chat = new ChatService(
                database.dataSource(), events, Wiring::isUser, ChatHub.push(hub), ChatOptions.defaults(), clock);
        chat.consume(events);
        return chat;
    }

    private static boolean isUser(CommandContext context, UUID id) {
        try {
            context.call(AccountsCommands.USER, new UserQuery(id));
            return true;
        } catch (ProblemException e) {
            if (e.code() == AccountsError.UNKNOWN_USER) {
                return false;
            }
            throw e;
        }
    }

    @Bean
    Storage storage(MonolithConfig config, Launch launch) {
        return launch.ephemeral() ? Storage.forgotten(config.files) : Storage.of(config.files, config.own.dataDir);
    }

    @Bean
    FilesService files(MonolithConfig config, Database database, Storage storage, Clock clock) {
        return new FilesService(database.dataSource(), storage.files(), config.files.options(), clock);
    }

    @Bean
    InnerWorker innerWorker(MonolithConfig config, Database database, Storage storage, Instruments instruments) {
        return new InnerWorker(
                database.backgroundDataSource(),
                BackgroundWork.SCHEMA,
                new BackgroundWork(config.letters, config.codes, storage),
                instruments);
    }

    @Bean
    Health health(Database database, Run run) {
        return new Health(run::readiness, () -> database.answers() ? Optional.empty() : Optional.of("no database"));
    }

    @Bean
    Contracts contracts(MonolithConfig config) {
        return Contracts.of(config.calls.responseCheck);
    }

    @Bean
    LedgerService ledgerService(Ledger ledger, Statements statements) {
        return new LedgerService(ledger, statements);
    }

    @Bean
    Composition.Services services(
            Accounts accounts, ChatService chat, FilesService files, LedgerService ledger, Hub hub) {
        return new Composition.Services(new AccountsService(accounts), chat, files, ledger, hub);
    }

    @Bean
    Composition.Guards guards(Health health, Tokens tokens) {
        return new Composition.Guards(health, tokens);
    }

    @Bean
    Commands commands(
            MonolithConfig config,
            Contracts contracts,
            Composition.Guards guards,
            Composition.Services services,
            Instruments instruments) {
        return Composition.of(config.calls, contracts, guards, services, instruments.openTelemetry());
    }

    @Bean
    HttpServer httpServer(
            MonolithConfig config,
            Commands commands,
            Contracts contracts,
            Health health,
            PostgresJobs jobs,
            Instruments instruments) {
        Optional<Secret> password = config.jobs.pagePassword;
        DoorsOptions options = new DoorsOptions(
                List.of(),
                password.map(any -> JobsPage.PATH),
                app -> password.ifPresent(secret -> JobsPage.add(app, jobs, secret)));
        return new HttpServer(config.http, config.calls, options, commands, contracts, health, instruments);
    }

    @Bean
    Monolith.Talk talk(Events events, Hub hub, Instruments instruments) {
        return new Monolith.Talk(events, hub, instruments);
    }

    @Bean
    Monolith.Data data(Database database, Storage storage) {
        return new Monolith.Data(database, storage);
    }

    @Bean
    Monolith monolith(
            MonolithConfig config,
            Monolith.Data data,
            InnerWorker worker,
            Monolith.Talk talk,
            Commands commands,
            HttpServer http) {
        return new Monolith(config, data, worker, talk, commands, http);
    }
}
