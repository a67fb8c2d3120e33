package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory of the file system. */
final class DirectoryRoot extends StaticRoot {
    private final Path directory;

    DirectoryRoot(Path directory) {
        this.directory = Objects.requireNonNull(directory);
    }

    @Override
    List<SourceFile> scan(boolean hidden) throws IOException {
        List<SourceFile> found = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                String path = directory.relativize(file).toString();
                found.add(new DiskFile(
                        path,
                        file,
                        Files.size(file),
                        Files.getLastModifiedTime(file).toInstant()));
            }
        }
        found.sort(Comparator.comparing(SourceFile::path));
        return found;
    }

    @Override
    Optional<Path> watched() {
        return Optional.of(directory);
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    private record DiskFile(String path, Path file, long size, Instant modified) implements SourceFile {
        @Override
        public boolean sameAs(SourceFile earlier) {
            return equals(earlier);
        }

        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(file);
        }

        @Override
        public ReadableByteChannel open(long position) throws IOException {
            return FileChannel.open(file).position(position);
        }
    }
}
