package io.betrue.staticfiles;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder of the class path. */
final class ClasspathRoot extends StaticRoot {
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
        return "class path";
    }
}
