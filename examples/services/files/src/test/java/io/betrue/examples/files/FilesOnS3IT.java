package io.betrue.examples.files;

import static io.betrue.examples.files.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.examples.files.Fixture.User;
import io.betrue.examples.files.api.FileInfo;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.files.api.OneFile;
import io.betrue.jobs.testing.TestJobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same commands with a store that speaks S3. */
class FilesOnS3IT {
    @RegisterExtension
    static final Fixture FILES = new Fixture(FilesOptions.defaults());

    @TempDir
    Path spool;

    private S3Server server;
    private S3Store store;
    private User anna;

    @BeforeEach
    void start() throws IOException {
        server = new S3Server();
        store = new S3Store(server.options(), spool);
        anna = Fixture.user(FILES.commands(store));
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void givesBackWhatWasUploadedAndForgetsWhatIsDeleted() {
        byte[] bytes = Samples.png(5_000_000);
        FileInfo file = anna.upload(bytes, "a.png", "image/png");
        assertThat(anna.download(file.fileId())).isEqualTo(bytes);
        anna.client().call(FilesCommands.DELETE, new OneFile(file.fileId()));
        try (TestJobs jobs = TestJobs.create(Instant.parse("2026-03-01T12:01:00Z"))) {
            jobs.enqueue(Sweep.TYPE, new Sweep.Wanted(100));
            Sweep sweep = new Sweep(FILES.dataSource(), store, Clock.systemUTC());
            assertThat(jobs.runDue(worker -> worker.queue(Sweep.QUEUE, 1).handle(Sweep.TYPE, sweep))
                            .succeeded())
                    .hasSize(1);
        }
        assertThat(server.objects()).isZero();
    }

    @Test
    void storeThatFailsIsUnavailableAndNothingIsSeen() {
        server.fail(S3Server.Fault.ERROR, S3Server.Fault.ERROR, S3Server.Fault.ERROR);
        assertThat(codeOf(() -> anna.upload(Samples.PNG, null, null))).isEqualTo("UNAVAILABLE");
        server.fail(S3Server.Fault.FULL, S3Server.Fault.FULL, S3Server.Fault.FULL);
        assertThat(codeOf(() -> anna.upload(Samples.PNG, null, null))).isEqualTo("STORAGE_FULL");
        assertThat(FILES.rows("files.files where owner = '" + anna.id() + "'")).isZero();
        assertThat(FILES.rows("files.uploads where owner = '" + anna.id() + "'"))
                .isZero();
        assertThat(server.objects()).isZero();
    }
}
