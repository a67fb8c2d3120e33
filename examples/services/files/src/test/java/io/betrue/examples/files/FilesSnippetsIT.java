package io.betrue.examples.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandClient;
import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import io.betrue.commands.Principal;
import io.betrue.commands.Reply;
import io.betrue.examples.files.api.FileInfo;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.files.api.OneFile;
import io.betrue.examples.files.api.Upload;
import io.betrue.jobs.testing.TestJobs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the README, run. */
class FilesSnippetsIT {
    @RegisterExtension
    static final Fixture FILES = new Fixture(FilesOptions.defaults());

    private static final long MIB = 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void composes() {
        DataSource dataSource = FILES.dataSource();
        // tag::compose[]
        FileStore store = new DiskStore(folder, 256 * MIB); // which stay free for others
        FilesService files = new FilesService(dataSource, store, FilesOptions.defaults(), Clock.systemUTC());
        Commands commands = Commands.of(c -> {
            c.intercept(Authentication.bearer(FilesSnippetsIT::verify));
            files.handle(c);
        });
        // end::compose[]
        assertThat(commands.handled()).contains(FilesCommands.UPLOAD);
        commands.close();
        try (TestJobs jobs = TestJobs.create(Instant.parse("2026-03-01T12:00:00Z"))) {
            assertThat(jobs.runDue(worker -> {
                                // tag::sweep[]
                                worker.queue(Sweep.QUEUE, 1)
                                        .handle(Sweep.TYPE, new Sweep(dataSource, store, Clock.systemUTC()));
                                jobs.schedules().put(Sweep.often());
                                // end::sweep[]
                            })
                            .count())
                    .isZero();
        }
    }

    private static Optional<Principal> verify(String token) {
        return Optional.of(Principal.of(token));
    }

    @Test
    void uploads() throws IOException {
        CommandClient anna = FILES.user().client();
        Path picture = Files.write(folder.resolve("picture"), Samples.PNG);
        Path copy = folder.resolve("copy");
        // tag::upload[]
        Content bytes = Content.of(Files.newInputStream(picture));
        FileInfo file = anna.content(bytes).call(FilesCommands.UPLOAD, new Upload("holiday.png", "image/png"));
        // end::upload[]
        // tag::download[]
        Reply<FileInfo> reply = anna.exchange(FilesCommands.DOWNLOAD, new OneFile(file.fileId()));
        try (Content content = reply.requireContent()) {
            Files.copy(content.stream(), copy);
        }
        // end::download[]
        assertThat(copy).hasBinaryContent(Samples.PNG);
    }

    @Test
    void keepsThemInAStoreThatSpeaksS3() throws IOException {
        try (S3Server server = new S3Server()) {
            URI endpoint = server.options().endpoint();
            String bucket = S3Server.BUCKET;
            S3Keys keys = S3Server.KEYS;
            // tag::s3[]
            S3Options options = new S3Options(endpoint, "eu-central-1", bucket, keys, Duration.ofMinutes(1));
            FileStore store = new S3Store(options, folder);
            // end::s3[]
            assertThat(Fixture.user(FILES.commands(store))
                            .upload(Samples.PNG, null, null)
                            .size())
                    .isEqualTo(Samples.PNG.length);
            assertThat(server.objects()).isEqualTo(1);
        }
    }
}
