package io.betrue.examples.files;

import static io.betrue.examples.files.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Content;
import io.betrue.commands.Idempotency;
import io.betrue.examples.files.Fixture.User;
import io.betrue.examples.files.api.FileInfo;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.files.api.OneFile;
import io.betrue.examples.files.api.Upload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uploads that are sent again with the key of the first. */
class UploadKeysIT {
    private static final int LARGEST = 200_000;

    @RegisterExtension
    static final Fixture FILES =
            new Fixture(FilesOptions.defaults().sizes(LARGEST, 500_000).numbers(5, 2));

    private final User anna = FILES.user();
    private final User otto = FILES.user();

    private static FileInfo upload(User user, String key, byte[] bytes, String name) {
        return user.client()
                .header(Idempotency.HEADER, key)
                .content(Content.of(bytes))
                .call(FilesCommands.UPLOAD, new Upload(name, null));
    }

    @Test
    void anUploadThatIsSentAgainIsOneFile() {
        long removals = FILES.rows("files.removals");
        FileInfo first = upload(anna, "k1", Samples.TEXT, "notes.txt");
        assertThat(upload(anna, "k1", Samples.TEXT, "notes.txt")).isEqualTo(first);
        assertThat(FILES.rows("files.files where owner = '" + anna.id() + "'")).isEqualTo(1);
        assertThat(FILES.rows("files.uploads where owner = '" + anna.id() + "'"))
                .isZero();
        assertThat(FILES.rows("files.removals"))
                .as("the bytes that came again are to be removed")
                .isEqualTo(removals + 1);
        assertThat(anna.download(first.fileId())).isEqualTo(Samples.TEXT);
        assertThat(upload(otto, "k1", Samples.TEXT, "notes.txt").fileId())
                .as("keys belong to users")
                .isNotEqualTo(first.fileId());
        assertThat(upload(anna, "k2", Samples.TEXT, "notes.txt").fileId()).isNotEqualTo(first.fileId());
        anna.client().call(FilesCommands.DELETE, new OneFile(first.fileId()));
        assertThat(upload(anna, "k1", Samples.TEXT, "notes.txt").fileId())
                .as("what was deleted is not there")
                .isNotEqualTo(first.fileId());
    }

    @Test
    void aKeyIsForOneFile() {
        upload(anna, "k1", Samples.TEXT, "notes.txt");
        assertThat(codeOf(() -> upload(anna, "k1", Samples.PNG, "notes.txt"))).isEqualTo("CONFLICT");
        assertThat(codeOf(() -> upload(anna, "k1", Samples.TEXT, "others.txt"))).isEqualTo("CONFLICT");
        assertThat(FILES.rows("files.files where owner = '" + anna.id() + "'")).isEqualTo(1);
        assertThat(FILES.rows("files.uploads where owner = '" + anna.id() + "'"))
                .isZero();
        assertThat(codeOf(() -> upload(anna, "k".repeat(129), Samples.TEXT, "a.txt")))
                .isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void anUploadThatIsSentAgainNeedsNoFurtherRoom() {
        byte[] bytes = Samples.png(LARGEST);
        upload(anna, "k1", bytes, "one.png");
        FileInfo second = upload(anna, "k2", bytes, "two.png");
        assertThat(codeOf(() -> upload(anna, "k3", bytes, "three.png"))).isEqualTo("FILE_QUOTA_EXCEEDED");
        assertThat(upload(anna, "k2", bytes, "two.png")).isEqualTo(second);
    }

    @Test
    void ofUploadsAtTheSameTimeWithOneKeyOneBecomesAFile() throws Exception {
        List<CompletableFuture<FileInfo>> both = Stream.of(1, 2)
                .map(unused ->
                        CompletableFuture.supplyAsync(() -> upload(anna, "k1", Samples.png(LARGEST), "holiday.png")))
                .toList();
        assertThat(both.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(both.get(1).get(30, TimeUnit.SECONDS));
        assertThat(FILES.rows("files.files where owner = '" + anna.id() + "'")).isEqualTo(1);
    }
}
