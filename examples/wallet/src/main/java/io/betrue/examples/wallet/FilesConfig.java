package io.betrue.examples.wallet;

import io.betrue.config.ConfigGroup;
import io.betrue.config.DataSize;
import io.betrue.config.Environment;
import io.betrue.config.Secret;
import io.betrue.config.ValueType;
import io.betrue.examples.files.FilesOptions;
import io.betrue.examples.files.MediaType;
import io.betrue.examples.files.S3Keys;
import io.betrue.examples.files.S3Options;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files of users, and where they are. */
public final class FilesConfig extends ConfigGroup {
    /** Where files are. */
    public enum Kind {
        /** In a folder. */
        DISK,
        /** In a store that speaks S3. */
        S3
    }

    public final Kind store = env("FILES_STORE")
            .describedAs("Where files are kept: in a folder, or in a store that speaks S3")
            .orElse(Kind.DISK)
            .asEnum(Kind.class);

    public final Optional<Path> dir = env("FILES_DIR")
            .describedAs(
                    "Folder of the files, or of uploads on their way to S3; without it the folder files in DATA_DIR")
            .optional()
            .asPath();

    public final DataSize diskFree = env("FILES_DISK_FREE")
            .describedAs("How much of the disk stays free for others when files are kept in a folder")
            .orElse("256MiB")
            .asDataSize();

    public final DataSize largest = env("FILES_LARGEST")
            .describedAs("Largest file")
            .orElse("20MiB")
            .between("1KiB", "5GiB")
            .asDataSize();

    public final DataSize quota = env("FILES_QUOTA")
            .describedAs("How much all files of a user may have together")
            .orElse("1GiB")
            .between("1KiB", "1024TiB")
            .asDataSize();

    public final int perUser = env("FILES_PER_USER")
            .describedAs("How many files a user may have")
            .orElse(1000)
            .between(1, 100_000)
            .asInt();

    public final int uploadsAtOnce = env("FILES_UPLOADS_AT_ONCE")
            .describedAs("How many files a user may be sending at the same time")
            .orElse(4)
            .between(1, 1000)
            .asInt();

    public final Set<MediaType> types = env("FILES_TYPES")
            .describedAs("What files may be")
            .orElse(List.of(MediaType.values()))
            .asSetOf(ValueType.enumOf(MediaType.class));

    public final Optional<URI> endpoint = env("FILES_S3_ENDPOINT")
            .describedAs("Store that speaks S3, with FILES_STORE=s3")
            .optional()
            .asUrl();

    public final String region = env("FILES_S3_REGION")
            .describedAs("Region that requests are signed for")
            .orElse("us-east-1")
            .asString();

    public final Optional<String> bucket = env("FILES_S3_BUCKET")
            .describedAs("Bucket of the files, which exists and has nothing else")
            .optional()
            .asString();

    public final Optional<Secret> keyId = env("FILES_S3_KEY_ID")
            .describedAs("Access key of the store")
            .optional()
            .asSecret();

    public final Optional<Secret> key = env("FILES_S3_KEY")
            .describedAs("Secret key of the store")
            .optional()
            .asSecret();

    public final Duration timeout = env("FILES_S3_TIMEOUT")
            .describedAs("How long the store may take for a file, tries included")
            .orElse("1m")
            .between("1s", "10m")
            .asDuration();

    /**
     * Reads every setting.
     *
     * @param env where they come from
     */
    public FilesConfig(Environment env) {
        super("Files", env);
        rule(
                "FILES_QUOTA must not be less than FILES_LARGEST",
                () -> quota.compareTo(largest) >= 0,
                "FILES_QUOTA",
                "FILES_LARGEST");
        rule(
                "FILES_STORE=s3 needs FILES_S3_ENDPOINT, FILES_S3_BUCKET, FILES_S3_KEY_ID and FILES_S3_KEY",
                () -> store == Kind.DISK
                        || (endpoint.isPresent() && bucket.isPresent() && keyId.isPresent() && key.isPresent()),
                "FILES_STORE",
                "FILES_S3_ENDPOINT",
                "FILES_S3_BUCKET",
                "FILES_S3_KEY_ID",
                "FILES_S3_KEY");
    }

    /** {@return bounds} */
    public FilesOptions options() {
        return new FilesOptions(largest.bytes(), quota.bytes(), perUser, uploadsAtOnce, types);
    }

    S3Options s3() {
        S3Keys keys = new S3Keys(keyId.orElseThrow().reveal(), key.orElseThrow().reveal());
        return new S3Options(endpoint.orElseThrow(), region, bucket.orElseThrow(), keys, timeout);
    }
}
