package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory of a file system, the default one or another such as an open zip file. */
final class DirectoryRoot extends StaticRoot {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryRoot.class);
    private static final int MOST_WARNINGS = 1000;

    private final Path directory;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    DirectoryRoot(Path directory) {
        this.directory = Objects.requireNonNull(directory);
    }

    @Override
    List<SourceFile> scan(boolean hidden) throws IOException {
        try {
            if (!Files.exists(directory)) {
                throw new NoSuchFileException(directory.toAbsolutePath() + " does not exist; create the directory");
            }
            if (!Files.isDirectory(directory)) {
                throw new NotDirectoryException(directory.toAbsolutePath() + " is not a directory; name a directory");
            }
            return new DirectoryScan(directory.toRealPath(), hidden, this::warn).files();
        } catch (ClosedFileSystemException e) {
            throw new IOException("the file system of " + directory + " is closed", e);
        }
    }

    /** A root that is polled would say the same every second: once is enough. */
    private void warn(String path, String reason) {
        if (warned.size() < MOST_WARNINGS && warned.add(path + reason)) {
            LOG.warn("\"{}\" in {} is not served: {}", printable(path), directory, reason);
        }
    }

    private static String printable(String path) {
        return path.codePoints()
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    Optional<Path> watched() {
        return Optional.of(directory);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
