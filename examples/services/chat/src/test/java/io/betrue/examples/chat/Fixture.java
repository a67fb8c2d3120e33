package io.betrue.examples.chat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.commands.Authentication;
import io.betrue.commands.CommandClient;
import io.betrue.commands.Commands;
import io.betrue.commands.Principal;
import io.betrue.commands.SchemaCheck;
import io.betrue.errors.ProblemException;
import io.betrue.examples.chat.api.ChatCommands;
import io.betrue.examples.chat.api.CreateRoom;
import io.betrue.examples.chat.api.Invite;
import io.betrue.examples.files.DiskStore;
import io.betrue.examples.files.FilesMigrations;
import io.betrue.examples.files.FilesOptions;
import io.betrue.examples.files.FilesService;
import io.betrue.jobs.events.Events;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.schema.Schemas;
import io.betrue.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A chat on a fresh database behind a chain, and its users, for one test class. */
final class Fixture implements BeforeAllCallback, AfterAllCallback {
    static final Schemas SCHEMAS = Schemas.load(sources -> sources.classPath("schemas"));

    private final TestDatabase database = TestDatabase.empty();
    private final ChatOptions options;
    private final Set<UUID> known = ConcurrentHashMap.newKeySet();
    private final Told told = new Told();
    private @Nullable Running running;

    /** What is there while the tests of a class run. */
    private record Running(HikariDataSource pool, PostgresJobs jobs, Events events, Commands commands, Path files) {}

    Fixture(ChatOptions options) {
        this.options = options;
    }

    /** Somebody who is signed in. */
    record User(UUID id, CommandClient client) {
        UUID room() {
            return client.call(ChatCommands.CREATE_ROOM, new CreateRoom("Lunch"))
                    .roomId();
        }

        void invite(UUID room, User other) {
            client.call(ChatCommands.INVITE, new Invite(room, other.id()));
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        database.beforeAll(context);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setMaximumPoolSize(16);
        HikariDataSource pool = new HikariDataSource(config);
        PostgresJobs.migrate(pool, "jobs");
        Events.migrate(pool, "events");
        ChatMigrations.migrate(pool);
        FilesMigrations.migrate(pool);
        Path folder = Files.createTempDirectory("chat-files-");
        FilesService files =
                new FilesService(pool, new DiskStore(folder, 0), FilesOptions.defaults(), Clock.systemUTC());
        PostgresJobs jobs = PostgresJobs.create(pool, jobsConfig -> {});
        Events events = Events.create(pool, jobs, eventsConfig -> {});
        ChatService chat =
                new ChatService(pool, events, (asking, id) -> known.contains(id), told, options, Clock.systemUTC());
        chat.consume(events);
        events.start();
        Commands commands = Commands.of(c -> {
            c.intercept(Authentication.bearer(token -> Optional.of(Principal.of(token))))
                    .intercept(SchemaCheck.with(SCHEMAS));
            chat.handle(c);
            files.handle(c);
        });
        running = new Running(pool, jobs, events, commands, folder);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        running().commands().close();
        running().events().close();
        running().jobs().close();
        running().pool().close();
        database.afterAll(context);
        try (Stream<Path> all = Files.walk(running().files())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    Commands commands() {
        return running().commands();
    }

    private Running running() {
        return Objects.requireNonNull(running);
    }

    DataSource dataSource() {
        return running().pool();
    }

    /** {@return events that nobody consumes yet} */
    Events fresh() {
        return Events.create(running().pool(), running().jobs(), config -> {});
    }

    Told told() {
        return told;
    }

    /** {@return somebody new} */
    User user() {
        UUID id = UUID.randomUUID();
        known.add(id);
        return new User(id, commands().client().bearer(id.toString()));
    }

    /** {@return the code of the problem that an action ends with, or empty} */
    static String codeOf(Runnable action) {
        try {
            action.run();
            return "";
        } catch (ProblemException e) {
            return e.problem().code().name();
        }
    }
}
