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
import io.betrue.examples.wallet.HttpServer;
import io.betrue.examples.wallet.InnerWorker;
import io.betrue.examples.wallet.Storage;
import io.betrue.examples.wallet.TokenSecret;
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
    PostgresJobs jobs(Database database) {
        return PostgresJobs.create(database.dataSource(), config -> config.schema(BackgroundWork.SCHEMA));
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
                config.accounts.confirmation);
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
    Events events(Database database, PostgresJobs jobs) {
        return Events.create(database.backgroundDataSource(), jobs, config -> config.schema(EVENTS));
    }

    @Bean
    Hub hub() {
        return Hub.create();
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
        return launch.ephemeral() ? Storage.forgotten(config.files) : Storage.of(config.files, config.database.dataDir);
    }

    @Bean
    FilesService files(MonolithConfig config, Database database, Storage storage, Clock clock) {
        return new FilesService(database.dataSource(), storage.files(), config.files.options(), clock);
    }

    @Bean
    InnerWorker innerWorker(MonolithConfig config, Database database, Storage storage) {
        return new InnerWorker(
                database.backgroundDataSource(),
                BackgroundWork.SCHEMA,
                new BackgroundWork(config.letters, config.codes, storage));
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
    LedgerService ledgerService(Ledger ledger, Statements statements) {
        return new LedgerService(ledger, statements);
    }

    @Bean
    Composition.Services services(
            Accounts accounts, ChatService chat, FilesService files, LedgerService ledger, Hub hub) {
        return new Composition.Services(new AccountsService(accounts), chat, files, ledger, hub);
    }

    @Bean
    Commands commands(
            MonolithConfig config, Contracts contracts, Tokens tokens, Health health, Composition.Services services) {
        return Composition.of(config.calls, contracts, tokens, health, services);
    }

    @Bean
    HttpServer httpServer(
            MonolithConfig config, Commands commands, Contracts contracts, Health health, PostgresJobs jobs) {
        Optional<Secret> password = config.jobs.pagePassword;
        DoorsOptions options = new DoorsOptions(
                List.of(),
                password.map(any -> JobsPage.PATH),
                app -> password.ifPresent(secret -> JobsPage.add(app, jobs, secret)));
        return new HttpServer(config.http, config.calls, options, commands, contracts, health::obstacle);
    }

    @Bean
    Monolith.Talk talk(Events events, Hub hub) {
        return new Monolith.Talk(events, hub);
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
