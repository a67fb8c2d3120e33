package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compressed forms that were made before and lie beside their files: {@code x.br}, {@code x.zst}, {@code x.gz}. */
final class SideFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SideFiles.class);
    private static final Map<String, String> CODINGS = Map.of(".br", "br", ".zst", "zstd", ".gz", "gzip");
    private static final int GZIP_MAGIC = 0x8b1f;
    private static final int ZSTD_MAGIC = 0xFD2FB528;
    private static final int SHORTEST_GZIP = 18;

    private SideFiles() {}

    /** A compressed form of a file. */
    record Side(String coding, LoadedFile file) {}

    /**
     * Finds the compressed forms that can be trusted. What is older than its file, damaged or not smaller is warned of and left out.
     *
     * @param root names the root in warnings
     * @param files all files of the root
     * @param warnings takes why a form is left out
     * @return the forms by the path of the file they belong to
     */
    static Map<String, List<Side>> of(StaticRoot root, List<LoadedFile> files, Warnings warnings) {
        Map<String, LoadedFile> byPath = new HashMap<>();
        files.forEach(file -> byPath.put(file.source().path(), file));
        Map<String, List<Side>> sides = new HashMap<>();
        for (LoadedFile side : files) {
            String path = side.source().path();
            int dot = Math.max(path.lastIndexOf('.'), 0);
            String coding = CODINGS.get(path.substring(dot));
            LoadedFile file = coding == null ? null : byPath.get(path.substring(0, dot));
            if (coding == null || file == null) {
                continue;
            }
            String fault = fault(coding, side, file);
            if (fault == null) {
                sides.computeIfAbsent(path.substring(0, dot), key -> new ArrayList<>())
                        .add(new Side(coding, side));
            } else {
                warnings.add(
                        LOG, path + " in " + root + " is not used as the " + coding + " form of its file: " + fault);
            }
        }
        return sides;
    }

    private static @Nullable String fault(String coding, LoadedFile side, LoadedFile file) {
        // archives and copies keep whole seconds at best
        if (side.source()
                .modified()
                .truncatedTo(ChronoUnit.SECONDS)
                .isBefore(file.source().modified().truncatedTo(ChronoUnit.SECONDS))) {
            return "it is older; compress the file again";
        }
        if (side.body().length() >= file.body().length()) {
            return "it is not smaller";
        }
        try {
            return switch (coding) {
                case "gzip" -> isGzipOf(side, file) ? null : "it is damaged, or the form of another file";
                case "zstd" ->
                    side.body().length() >= 4 && start(side).getInt(0) == ZSTD_MAGIC ? null : "it is damaged";
                default -> side.body().length() > 0 ? null : "it is empty";
            };
        } catch (IOException e) {
            return "it cannot be read: " + e.getMessage();
        }
    }

    /** Compares what the trailer says, the checksum and the length (RFC 1952, 2.3.1), with the file. Several members are not looked through. */
    private static boolean isGzipOf(LoadedFile side, LoadedFile file) throws IOException {
        long length = side.body().length();
        if (length < SHORTEST_GZIP || (start(side).getShort(0) & 0xFFFF) != GZIP_MAGIC) {
            return false;
        }
        ByteBuffer trailer = bytes(side, length - 8, 8);
        if (trailer.getInt(4) != (int) file.body().length()) {
            return false;
        }
        if (file.body() instanceof Body.InMemory memory) {
            CRC32 crc = new CRC32();
            crc.update(memory.bytes().duplicate());
            return trailer.getInt(0) == (int) crc.getValue();
        }
        return true;
    }

    private static ByteBuffer start(LoadedFile file) throws IOException {
        return bytes(file, 0, 4);
    }

    private static ByteBuffer bytes(LoadedFile file, long position, int length) throws IOException {
        if (file.body() instanceof Body.InMemory memory) {
            return memory.bytes().slice((int) position, length).order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        try (ReadableByteChannel channel = file.source().open(position)) {
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until there are enough; a file that has become shorter fails when it was opened
            }
        }
        return bytes.flip();
    }
}
