package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A mount of files that are given as texts, and what is served of them. */
abstract class MountOfFiles {
    static final FingerprintSettings ALL = new FingerprintSettings(true, true, 3);
    final Faults faults = new Faults();
    final Warnings warnings = new Warnings();
    final List<Original> originals = new ArrayList<>();
    String prefix = "/site";

    @Nullable
    FingerprintSettings fingerprints = ALL;

    FileVersion version = FileVersion.FINGERPRINT;
    Map<String, TemplateFunction> functions = Map.of();
    boolean ignoreCase;
    List<MountSettings> others = List.of();

    MountSettings mount(String at, @Nullable FingerprintSettings prints) {
        return new MountSettings(
                at,
                new VirtualFiles(),
                false,
                Set.of(),
                ignoreCase,
                false,
                List.of(),
                null,
                false,
                false,
                version,
                prints,
                List.of());
    }

    Map<String, Asset> assets() {
        MountSettings mount = mount(prefix, fingerprints);
        List<MountSettings> mounts = new ArrayList<>(others);
        mounts.add(mount);
        Settings settings = new Settings(mounts, 100, 1000, Map.of(), functions, null, null);
        return Assets.of(mount, settings, originals, faults, warnings).stream()
                .collect(Collectors.toMap(Asset::path, asset -> asset, (a, b) -> a, LinkedHashMap::new));
    }

    Map<String, String> hashes() {
        return assets().values().stream().collect(Collectors.toMap(Asset::path, asset -> String.valueOf(asset.hash())));
    }

    String text(String path) {
        return content(asset(assets(), path));
    }

    static Asset asset(Map<String, Asset> assets, String path) {
        Asset asset = assets.get(path);
        assertThat(asset).as(path).isNotNull();
        return Objects.requireNonNull(asset);
    }

    static String hash(Map<String, Asset> assets, String path) {
        return Fingerprints.shortHash(String.valueOf(asset(assets, path).hash()));
    }

    static String content(Asset asset) {
        ByteBuffer rewritten = asset.rewritten();
        return rewritten == null
                ? new String(((Given) asset.original()).content(), StandardCharsets.UTF_8)
                : StandardCharsets.UTF_8.decode(rewritten.duplicate()).toString();
    }

    void file(String path, String content) {
        file(path, content, 0);
    }

    void file(String path, String content, long modified) {
        String latin = new String(content.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        originals.add(new Given(path, latin, Instant.ofEpochSecond(modified), false));
    }

    /** @param latin the content, one character for each byte */
    record Given(String path, @Nullable String latin, Instant modified, boolean streamed)
            implements Original, SourceFile {
        @Override
        public SourceFile source() {
            return this;
        }

        byte[] content() {
            return Objects.requireNonNull(latin).getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public byte[] bytes() {
            return content();
        }

        @Override
        public @Nullable String hash() {
            return latin == null ? null : Sha256.of(content());
        }

        @Override
        public long size() {
            return latin == null ? 0 : latin.length();
        }

        @Override
        public boolean sameAs(SourceFile earlier) {
            return false;
        }

        @Override
        public byte[] read() {
            return content();
        }

        @Override
        public ReadableByteChannel open(long position) throws IOException {
            throw new IOException("not needed");
        }
    }
}
