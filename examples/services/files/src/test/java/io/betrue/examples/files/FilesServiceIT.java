package io.betrue.examples.files;

import static io.betrue.examples.files.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.betrue.commands.Cancellation;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Content;
import io.betrue.commands.Reply;
import io.betrue.errors.ProblemException;
import io.betrue.examples.files.Fixture.User;
import io.betrue.examples.files.api.Attach;
import io.betrue.examples.files.api.FileInfo;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.files.api.FilesPage;
import io.betrue.examples.files.api.FilesQuery;
import io.betrue.examples.files.api.OneFile;
import io.betrue.examples.files.api.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of files behind a chain. */
class FilesServiceIT {
    private static final int LARGEST = 200_000;

    @RegisterExtension
    static final Fixture FILES =
            new Fixture(FilesOptions.defaults().sizes(LARGEST, 500_000).numbers(5, 2));

    private final User anna = FILES.user();
    private final User otto = FILES.user();

    @Test
    void everyCommandIsHandledForWhoIsSignedInAndHasItsSchemas() {
        assertThat(FILES.commands().types()).containsAll(FilesCommands.ALL);
        assertThat(FilesCommands.ALL).noneMatch(CommandType::isOpen);
        for (CommandType<?, ?> type : FilesCommands.ALL) {
            assertThat(Fixture.SCHEMAS.names()).contains(type.address() + "/in", type.address() + "/out");
        }
        assertThat(FilesCommands.ALL.stream().filter(CommandType::isInternal))
                .containsExactlyInAnyOrder(FilesCommands.ATTACH, FilesCommands.READ);
    }

    @Test
    void givesBackWhatWasUploaded() throws IOException {
        byte[] bytes = Samples.png(LARGEST);
        FileInfo file = anna.upload(bytes, "../holiday\u202E.png", "image/png");
        assertThat(file.name()).isEqualTo("holiday.png");
        assertThat(file.mediaType()).isEqualTo("image/png");
        assertThat(file.size()).isEqualTo(LARGEST);
        assertThat(file.sha256()).isEqualTo(SigV4.hash(bytes));
        assertThat(anna.client().call(FilesCommands.DESCRIBE, new OneFile(file.fileId())))
                .isEqualTo(file);

        Reply<FileInfo> reply = anna.client().exchange(FilesCommands.DOWNLOAD, new OneFile(file.fileId()));
        assertThat(reply.result()).isEqualTo(file);
        assertThat(reply.headers().get("etag")).isEqualTo("\"" + file.sha256() + "\"");
        try (Content content = reply.requireContent()) {
            assertThat(content.fileName()).isEqualTo("holiday.png");
            assertThat(content.mediaType()).isEqualTo("image/png");
            assertThat(content.length()).isEqualTo(LARGEST);
            assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void takesNameAndTypeFromTheStreamWhereTheInputHasNone() {
        Content picture = Content.of(Samples.PNG).as("image/png").named("C:\\a.png");
        FileInfo file = anna.upload(picture, null, null);
        assertThat(file.name()).isEqualTo("a.png");
        assertThat(codeOf(() -> anna.upload(Content.of(Samples.PNG).as("image/gif"), null, null)))
                .isEqualTo("FILE_TYPE_DIFFERS");
    }

    @Test
    void recognisesWhatNobodyNames() {
        assertThat(anna.upload(Samples.PNG, null, null).mediaType()).isEqualTo("image/png");
        FileInfo text = anna.upload(Samples.TEXT, null, null);
        assertThat(text.mediaType()).isEqualTo("text/plain");
        assertThat(text.name()).isEqualTo("file.txt");
        assertThat(anna.upload(new byte[0], "empty", null).size()).isZero();
        assertThat(anna.client()
                        .exchange(FilesCommands.DOWNLOAD, new OneFile(text.fileId()))
                        .requireContent()
                        .mediaType())
                .isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void refusesBytesThatAreNotWhatWasSaid() {
        List<Runnable> lies = List.of(
                () -> anna.upload(Samples.TEXT, "a.png", "image/png"),
                () -> anna.upload(Samples.PNG, "a.txt", "text/plain"),
                () -> anna.upload(Samples.PNG, "a.jpg", "image/jpeg"),
                () -> anna.upload(Samples.bytes("MZ\u0090\0"), "a.txt", "text/plain"),
                () -> anna.upload(Samples.bytes("\u007fELF"), "a", null));
        assertThat(lies).allSatisfy(lie -> assertThat(codeOf(lie)).isEqualTo("FILE_TYPE_DIFFERS"));
        for (String type :
                List.of("text/html", "image/svg+xml", "application/x-msdownload", "text/plain; charset=utf-16")) {
            assertThat(codeOf(() -> anna.upload(Samples.TEXT, "a.txt", type))).isEqualTo("FILE_TYPE_REFUSED");
        }
        assertNothingIsLeftOf(anna);
    }

    @Test
    void holdsTextToItToItsEnd() {
        byte[] bytes = "text ".repeat(30_000).getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = 0;
        assertThat(codeOf(() -> anna.upload(bytes, "a.txt", "text/plain"))).isEqualTo("FILE_TYPE_DIFFERS");
        assertNothingIsLeftOf(anna);
    }

    @Test
    void refusesWhatIsTooLargeBeforeItIsReadIfItsLengthIsKnown() {
        Streams.Counted bytes = new Streams.Counted(Samples.png(LARGEST + 1));
        Content announced = new Content(bytes, LARGEST + 1L, "image/png", null);
        assertThat(codeOf(() -> anna.upload(announced, null, null))).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(bytes.given()).isZero();
        assertThat(bytes.closed()).isTrue();

        Streams.Counted endless = new Streams.Counted(Samples.png(100 * LARGEST));
        assertThat(codeOf(() -> anna.upload(Content.of(endless), null, null))).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(endless.given()).isLessThan(2 * LARGEST);
        assertNothingIsLeftOf(anna);
    }

    @Test
    void keepsNothingOfAnUploadThatBreaksOff() {
        List<Content> broken = List.of(
                Content.of(new Streams.Breaking(100_000)),
                new Content(new ByteArrayInputStream(Samples.png(1_000)), 1_001L, "image/png", null),
                new Content(new ByteArrayInputStream(Samples.png(1_000)), 999L, "image/png", null));
        for (Content content : broken) {
            assertThat(codeOf(() -> anna.upload(content, null, null))).isEqualTo("BAD_REQUEST");
        }
        assertNothingIsLeftOf(anna);
    }

    @Test
    void keepsNothingOfAnUploadThatIsCancelled() {
        Cancellation token = new Cancellation();
        Content content = Content.of(new Streams.Acting(Samples.png(150_000), 70_000, token::cancel));
        User hesitant = new User(anna.id(), anna.client().cancellation(token));
        assertThat(codeOf(() -> hesitant.upload(content, null, null))).isEqualTo("CANCELLED");
        assertNothingIsLeftOf(anna);
    }

    @Test
    void writesWhileItReads() {
        List<Long> written = new ArrayList<>();
        Content content = Content.of(new Streams.Acting(Samples.png(190_000), 150_000, () -> {
            try {
                written.add(Files.size(FILES.stored().stream()
                        .filter(path -> path.startsWith(FILES.root().resolve("incoming")))
                        .findFirst()
                        .orElseThrow()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        anna.upload(content, null, null);
        assertThat(written).singleElement().satisfies(bytes -> assertThat(bytes).isGreaterThan(80_000));
    }

    @Test
    void holdsUsersToTheirQuota() {
        anna.upload(Samples.png(LARGEST), null, null);
        FileInfo second = anna.upload(Samples.png(LARGEST), null, null);
        assertThat(codeOf(() -> anna.upload(Samples.png(100_001), null, null))).isEqualTo("FILE_QUOTA_EXCEEDED");
        assertThat(codeOf(() -> anna.upload(Content.of(new ByteArrayInputStream(Samples.png(100_001))), null, null)))
                .as("of unknown length")
                .isEqualTo("FILE_QUOTA_EXCEEDED");
        anna.upload(Samples.png(100_000), null, null);
        assertThat(codeOf(() -> anna.upload(Samples.TEXT, null, null))).isEqualTo("FILE_QUOTA_EXCEEDED");
        anna.client().call(FilesCommands.DELETE, new OneFile(second.fileId()));
        anna.upload(Samples.png(LARGEST), null, null);
        otto.upload(Samples.png(LARGEST), null, null);
    }

    @Test
    void holdsUsersToANumberOfFiles() {
        for (int i = 0; i < 5; i++) {
            anna.upload(Samples.PNG, null, null);
        }
        assertThat(codeOf(() -> anna.upload(Samples.PNG, null, null))).isEqualTo("FILE_QUOTA_EXCEEDED");
    }

    @Test
    void countsUploadsThatAreOnTheirWay() {
        List<String> meanwhile = new ArrayList<>();
        Content second = Content.of(new Streams.Acting(Samples.png(1_000), 500, () -> {
            meanwhile.add(codeOf(() -> anna.upload(Samples.PNG, null, null)));
            otto.upload(Samples.PNG, null, null);
        }));
        Content first = Content.of(new Streams.Acting(Samples.png(1_000), 500, () -> anna.upload(second, null, null)));
        anna.upload(first, null, null);
        assertThat(meanwhile).containsExactly("RATE_LIMITED");
        anna.upload(Samples.PNG, null, null);
    }

    @Test
    void reservesRoomForUploadsThatAreOnTheirWay() {
        anna.upload(Samples.png(LARGEST), null, null);
        List<String> meanwhile = new ArrayList<>();
        byte[] large = Samples.png(LARGEST);
        Content content = new Content(
                new Streams.Acting(large, 500, () -> {
                    meanwhile.add(codeOf(() -> anna.upload(Samples.png(100_001), null, null)));
                    anna.upload(Samples.png(100_000), null, null);
                }),
                (long) large.length,
                "image/png",
                null);
        anna.upload(content, null, null);
        assertThat(meanwhile).containsExactly("FILE_QUOTA_EXCEEDED");
    }

    @Test
    void othersDoNotLearnWhetherThereIsSuchAFile() {
        UUID file = anna.upload(Samples.PNG, null, null).fileId();
        List<String> told = new ArrayList<>();
        for (UUID id : List.of(file, UUID.randomUUID())) {
            CommandClient client = otto.client();
            List<Runnable> tries = List.of(
                    () -> client.call(FilesCommands.DESCRIBE, new OneFile(id)),
                    () -> client.exchange(FilesCommands.DOWNLOAD, new OneFile(id)),
                    () -> client.call(FilesCommands.DELETE, new OneFile(id)),
                    () -> client.call(FilesCommands.ATTACH, new Attach(List.of(id))));
            for (Runnable attempt : tries) {
                told.add(problemOf(attempt));
            }
        }
        assertThat(told).hasSize(8).containsOnly(told.get(0));
        assertThat(told.get(0)).startsWith("FILE_NOT_FOUND");
        assertThat(otto.client()
                        .call(FilesCommands.LIST, new FilesQuery(null, null))
                        .files())
                .isEmpty();
        assertThat(anna.download(file)).isEqualTo(Samples.PNG);
    }

    @Test
    void deletedFilesAreGone() {
        FileInfo file = anna.upload(Samples.PNG, null, null);
        OneFile one = new OneFile(file.fileId());
        anna.client().call(FilesCommands.DELETE, one);
        for (CommandType<OneFile, ?> type : List.<CommandType<OneFile, ?>>of(
                FilesCommands.DESCRIBE, FilesCommands.DOWNLOAD, FilesCommands.DELETE, FilesCommands.READ)) {
            assertThat(codeOf(() -> anna.client().exchange(type, one))).isEqualTo("FILE_NOT_FOUND");
        }
    }

    @Test
    void listsTheNewestFirst() {
        List<FileInfo> uploaded = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            uploaded.add(0, anna.upload(Samples.PNG, "picture " + i, null));
        }
        FilesPage first = anna.client().call(FilesCommands.LIST, new FilesQuery(null, 3));
        FilesPage second = anna.client().call(FilesCommands.LIST, new FilesQuery(first.next(), 3));
        assertThat(first.files()).isEqualTo(uploaded.subList(0, 3));
        assertThat(second.files()).isEqualTo(uploaded.subList(3, 5));
        assertThat(second.next()).isNull();
    }

    @Test
    void servicesAttachTheFilesOfTheCallerAndReadThemForOthers() throws IOException {
        FileInfo picture = anna.upload(Samples.PNG, "a.png", null);
        FileInfo text = anna.upload(Samples.TEXT, "b.txt", null);
        assertThat(anna.client()
                        .call(FilesCommands.ATTACH, new Attach(List.of(text.fileId(), picture.fileId())))
                        .files())
                .containsExactly(text, picture);
        Reply<FileInfo> read = otto.client().exchange(FilesCommands.READ, new OneFile(picture.fileId()));
        try (Content content = read.requireContent()) {
            assertThat(content.stream().readAllBytes()).isEqualTo(Samples.PNG);
        }
    }

    @Test
    void tellsThatThereIsNoRoom() {
        User unlucky = Fixture.user(FILES.commands(new DiskStore(FILES.root(), Long.MAX_VALUE / 2)));
        assertThat(codeOf(() -> unlucky.upload(Samples.PNG, null, null))).isEqualTo("STORAGE_FULL");
        assertNothingIsLeftOf(unlucky);
    }

    @Test
    void tellsThatTheStoreIsAway() throws IOException {
        Path noFolder = Files.createTempFile("files-", ".none");
        User unlucky = Fixture.user(FILES.commands(new DiskStore(noFolder, 0)));
        assertThat(codeOf(() -> unlucky.upload(Samples.PNG, null, null))).isEqualTo("UNAVAILABLE");
        assertNothingIsLeftOf(unlucky);
        Files.delete(noFolder);
    }

    @Test
    void breaksTheDownloadOfWhatTheStoreHasChanged() throws IOException {
        FileInfo file = anna.upload(Samples.png(100_000), null, null);
        Path stored = FILES.stored().stream()
                .filter(path -> path.endsWith(file.fileId().toString()))
                .findFirst()
                .orElseThrow();
        byte[] changed = Samples.png(100_000);
        changed[99_999] ^= 1;
        Files.write(stored, changed);
        assertThat(catchThrowable(() -> anna.download(file.fileId()))).isInstanceOf(UncheckedIOException.class);
        Files.delete(stored);
        assertThat(codeOf(() -> anna.download(file.fileId()))).isEqualTo("INTERNAL");
    }

    @Test
    void oddInputsAreRefused() {
        List<Runnable> tries = List.of(
                () -> anna.upload(Samples.PNG, "x".repeat(256), null),
                () -> anna.upload(Samples.PNG, null, "x".repeat(101)),
                () -> anna.client().call(FilesCommands.DESCRIBE, new OneFile(null)),
                () -> anna.client().call(FilesCommands.LIST, new FilesQuery("nonsense", null)),
                () -> anna.client().call(FilesCommands.LIST, new FilesQuery("9".repeat(18) + "_" + anna.id(), null)),
                () -> anna.client().call(FilesCommands.LIST, new FilesQuery(null, 0)),
                () -> anna.client().call(FilesCommands.LIST, new FilesQuery(null, 201)),
                () -> anna.client().call(FilesCommands.ATTACH, new Attach(null)),
                () -> anna.client().call(FilesCommands.ATTACH, new Attach(List.of())));
        assertThat(tries).allSatisfy(attempt -> assertThat(codeOf(attempt)).isEqualTo("VALIDATION_FAILED"));
        assertThat(codeOf(() -> anna.client().call(FilesCommands.UPLOAD, new Upload(null, null))))
                .as("without a stream")
                .isEqualTo("BAD_REQUEST");
        CommandClient stranger = FILES.commands().client();
        assertThat(codeOf(() -> stranger.call(FilesCommands.LIST, new FilesQuery(null, null))))
                .isEqualTo("UNAUTHENTICATED");
    }

    private static void assertNothingIsLeftOf(User user) {
        assertThat(user.client()
                        .call(FilesCommands.LIST, new FilesQuery(null, null))
                        .files())
                .isEmpty();
        assertThat(FILES.rows("files.uploads where owner = '" + user.id() + "'"))
                .isZero();
        assertThat(FILES.stored())
                .noneMatch(path -> path.startsWith(FILES.root().resolve("incoming")));
    }

    private static String problemOf(Runnable action) {
        try {
            action.run();
            return "";
        } catch (ProblemException e) {
            return e.problem().code().name() + " " + e.problem().status() + " "
                    + e.problem().detail();
        }
    }
}
