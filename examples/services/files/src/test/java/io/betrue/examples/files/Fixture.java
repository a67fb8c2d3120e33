package io.betrue.examples.files;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.commands.Authentication;
import io.betrue.commands.CommandClient;
import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import io.betrue.commands.Principal;
import io.betrue.commands.Reply;
import io.betrue.commands.SchemaCheck;
import io.betrue.errors.ProblemException;
import io.betrue.examples.files.api.FileInfo;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.files.api.OneFile;
import io.betrue.examples.files.api.Upload;
import io.betrue.schema.Schemas;
import io.betrue.testsupport.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Files in a folder and a fresh database behind a chain, and their users, for one test class. */
final class Fixture implements BeforeAllCallback, AfterAllCallback {
    static final Schemas SCHEMAS = Schemas.load(sources -> sources.classPath("schemas"));

    private final TestDatabase database = TestDatabase.empty();
    private final FilesOptions options;
    private final List<Commands> composed = new ArrayList<>();
    private @Nullable HikariDataSource pool;
    private @Nullable Path root;
    private @Nullable Commands commands;

    Fixture(FilesOptions options) {
        this.options = options;
    }

    /** Somebody who is signed in. */
    record User(UUID id, CommandClient client) {
        FileInfo upload(byte[] bytes, @Nullable String name, @Nullable String type) {
            return upload(Content.of(bytes), name, type);
        }

        FileInfo upload(Content content, @Nullable String name, @Nullable String type) {
            return client.content(content).call(FilesCommands.UPLOAD, new Upload(name, type));
        }

        byte[] download(UUID file) {
            Reply<FileInfo> reply = client.exchange(FilesCommands.DOWNLOAD, new OneFile(file));
            try (Content content = reply.requireContent()) {
                return content.stream().readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        database.beforeAll(context);
        pool = pool(database.jdbcUrl());
        root = Files.createTempDirectory("files-");
        FilesMigrations.migrate(dataSource());
        commands = commands(store());
    }

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        composed.forEach(Commands::close);
        dataSource().close();
        database.afterAll(context);
        try (Stream<Path> all = Files.walk(root())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** {@return commands that keep files in a store} */
    Commands commands(FileStore store) {
        Commands made = compose(dataSource(), store, options);
        composed.add(made);
        return made;
    }

    static Commands compose(HikariDataSource pool, FileStore store, FilesOptions options) {
        FilesService files = new FilesService(pool, store, options, Clock.systemUTC());
        return Commands.of(c -> {
            c.intercept(Authentication.bearer(token -> Optional.of(Principal.of(token))))
                    .intercept(SchemaCheck.with(SCHEMAS));
            files.handle(c);
        });
    }

    Commands commands() {
        return Objects.requireNonNull(commands);
    }

    HikariDataSource dataSource() {
        return Objects.requireNonNull(pool);
    }

    String jdbcUrl() {
        return database.jdbcUrl();
    }

    Path root() {
        return Objects.requireNonNull(root);
    }

    DiskStore store() {
        return new DiskStore(root(), 0);
    }

    /** {@return somebody new} */
    User user() {
        return user(commands());
    }

    static User user(Commands where) {
        UUID id = UUID.randomUUID();
        return new User(id, where.client().bearer(id.toString()));
    }

    /** {@return whatever bytes the folder has of a file or an upload} */
    List<Path> stored() {
        try (Stream<Path> all = Files.walk(root())) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return how many rows there are: {@code files.uploads}} */
    long rows(String sql) {
        try (Connection connection = dataSource().getConnection();
                ResultSet row = connection.createStatement().executeQuery("select count(*) from " + sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
