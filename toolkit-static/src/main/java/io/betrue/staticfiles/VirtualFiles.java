package io.betrue.staticfiles;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files that code makes. */
public final class VirtualFiles extends StaticRoot {
    VirtualFiles() {}

    @Override
    List<SourceFile> scan(boolean hidden) {
        throw new UnsupportedOperationException("to come");
    }

    @Override
    Optional<Path> watched() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "virtual files";
    }
}
