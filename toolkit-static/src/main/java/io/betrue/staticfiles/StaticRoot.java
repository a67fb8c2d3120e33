package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the files of a mount come from. Safe for use by multiple threads.
 */
public abstract sealed class StaticRoot permits DirectoryRoot, ClasspathRoot, VirtualFiles {
    StaticRoot() {}

    /**
     * Finds the files of a directory and all below it.
     *
     * @param directory an existing directory
     * @return the root
     */
    public static StaticRoot directory(Path directory) {
        return new DirectoryRoot(directory);
    }

    /**
     * Finds all files, in the order of their paths; hidden files (a name that starts with a dot, except {@code .well-known}) are left out.
     *
     * @param hidden whether hidden files are wanted too
     */
    abstract List<SourceFile> scan(boolean hidden) throws IOException;

    /** {@return the directory whose changes change this root, or nothing if it cannot change on its own} */
    abstract Optional<Path> watched();

    /** {@return what a log line calls this root} */
    @Override
    public abstract String toString();
}
