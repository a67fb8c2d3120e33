package io.betrue.examples.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Content;
import io.betrue.examples.files.Fixture.User;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.files.api.OneFile;
import io.betrue.jobs.testing.RanJobs;
import io.betrue.jobs.testing.TestJobs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of bytes that nobody can see. */
class SweepIT {
    @RegisterExtension
    static final Fixture FILES = new Fixture(FilesOptions.defaults());

    private final User anna = FILES.user();
    private final TestJobs jobs = TestJobs.create(Instant.parse("2026-03-01T12:01:00Z"));

    @AfterEach
    void close() {
        jobs.close();
    }

    private RanJobs sweep(FileStore store, Duration later) {
        jobs.enqueue(Sweep.TYPE, new Sweep.Wanted(100));
        Sweep sweep = new Sweep(FILES.dataSource(), store, Clock.offset(Clock.systemUTC(), later));
        return jobs.runDue(worker -> worker.queue(Sweep.QUEUE, 1).handle(Sweep.TYPE, sweep));
    }

    private void sweepWell(Duration later) {
        assertThat(sweep(FILES.store(), later).succeeded()).hasSize(1);
    }

    @Test
    void removesTheBytesOfDeletedFiles() {
        UUID kept = anna.upload(Samples.TEXT, null, null).fileId();
        UUID deleted = anna.upload(Samples.PNG, null, null).fileId();
        anna.client().call(FilesCommands.DELETE, new OneFile(deleted));
        sweepWell(Duration.ZERO);
        assertThat(FILES.stored()).noneMatch(path -> path.endsWith(deleted.toString()));
        assertThat(FILES.rows("files.removals where id = '" + deleted + "'")).isZero();
        assertThat(anna.download(kept)).isEqualTo(Samples.TEXT);
    }

    @Test
    void triesAgainWhereTheStoreIsAway() throws IOException {
        UUID deleted = anna.upload(Samples.PNG, null, null).fileId();
        anna.client().call(FilesCommands.DELETE, new OneFile(deleted));
        Path noFolder = Files.createTempFile("files-", ".none");
        assertThat(sweep(new DiskStore(noFolder, 0), Duration.ZERO).succeeded()).isEmpty();
        assertThat(FILES.rows("files.removals where id = '" + deleted + "'")).isEqualTo(1);
        Files.delete(noFolder);
        sweepWell(Duration.ZERO);
        assertThat(FILES.rows("files.removals where id = '" + deleted + "'")).isZero();
    }

    @Test
    void leavesUploadsThatAreOnTheirWay() {
        Content content =
                Content.of(new Streams.Acting(Samples.png(200_000), 150_000, () -> sweepWell(Duration.ofMinutes(59))));
        UUID file = anna.upload(content, null, null).fileId();
        assertThat(anna.download(file)).isEqualTo(Samples.png(200_000));
    }

    @Test
    void uploadThatWasGivenUpCannotBeSeenAnyMore() {
        Content content =
                Content.of(new Streams.Acting(Samples.png(200_000), 150_000, () -> sweepWell(Duration.ofMinutes(61))));
        assertThat(Fixture.codeOf(() -> anna.upload(content, null, null))).isEqualTo("UNAVAILABLE");
        assertThat(FILES.rows("files.files where owner = '" + anna.id() + "'")).isZero();
    }

    @Test
    void nothingStaysOfAProcessThatWasKilledWhileBytesCame() throws Exception {
        killed(DyingUpload.Moment.HALF);
    }

    @Test
    void nothingStaysOfAProcessThatWasKilledBeforeTheRowWasThere() throws Exception {
        killed(DyingUpload.Moment.DURABLE);
    }

    private void killed(DyingUpload.Moment moment) throws Exception {
        List<Path> before = FILES.stored();
        long files = FILES.rows("files.files");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingUpload.class.getName(),
                        FILES.jdbcUrl(),
                        FILES.root().toString(),
                        moment.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(DyingUpload.NOW);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(FILES.rows("files.files")).isEqualTo(files);
        assertThat(left(before)).hasSize(1);
        sweepWell(Duration.ZERO);
        assertThat(left(before)).as("somebody could still be writing it").hasSize(1);
        sweepWell(Duration.ofMinutes(61));
        assertThat(left(before)).isEmpty();
        assertThat(FILES.rows("files.uploads")).isZero();
    }

    private static List<Path> left(List<Path> before) {
        List<Path> more = new ArrayList<>(FILES.stored());
        more.removeAll(before);
        return more;
    }

    @Test
    void runsEveryTenMinutes() {
        jobs.schedules().put(Sweep.often());
        jobs.setTime(Instant.parse("2026-03-01T12:10:00Z"));
        Sweep sweep = new Sweep(FILES.dataSource(), FILES.store(), Clock.systemUTC());
        assertThat(jobs.runDue(worker -> worker.queue(Sweep.QUEUE, 1).handle(Sweep.TYPE, sweep))
                        .succeeded())
                .hasSize(1);
    }
}
