package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the files of a mount come from. Safe for use by multiple threads.
 *
 * <p>A root holds at most 1,000,000 files in directories at most 64 deep. Files whose names are not text (control characters, a backslash, bytes that are
 * no characters) are left out with a warning.
 */
public abstract sealed class StaticRoot permits DirectoryRoot, ClasspathRoot, VirtualFiles {
    /** The most files and directories one root may hold; more is taken for a mistake. */
    static final int MOST_FILES = 1_000_000;

    StaticRoot() {}

    /**
     * Finds the files of a directory and all below it. Symbolic links are followed as long as they end inside the directory.
     *
     * @param directory a directory of any file system; it must exist when the application starts
     * @return the root
     */
    public static StaticRoot directory(Path directory) {
        return new DirectoryRoot(directory);
    }

    /**
     * Finds the files of a folder of the class path, as the class loader of the current thread sees it.
     *
     * @param folder the folder, without a slash at either end: {@code web}, {@code META-INF/resources}; it must exist when the application starts
     * @return the root
     * @throws IllegalArgumentException if the folder is empty or not such a path
     */
    public static StaticRoot classpath(String folder) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return classpath(loader != null ? loader : StaticRoot.class.getClassLoader(), folder);
    }

    /**
     * Finds the files of a folder of the class path. If several directories and jars have the folder, all are served, and of files with the same path
     * the one that comes first on the class path. A jar must have an entry for the folder itself, as Maven, Gradle and {@code jar} write it; jars
     * inside jars are refused. On the module path, a folder that is a package of a named module is seen only if the module opens it.
     *
     * @param loader the class loader that knows the class path
     * @param folder the folder, without a slash at either end: {@code web}, {@code META-INF/resources}; it must exist when the application starts
     * @return the root
     * @throws IllegalArgumentException if the folder is empty or not such a path
     */
    public static StaticRoot classpath(ClassLoader loader, String folder) {
        return new ClasspathRoot(Objects.requireNonNull(loader), folder);
    }

    /**
     * Starts an empty root whose files are made by code.
     *
     * @return the root, to be filled with {@link VirtualFiles#file(String, String)} and its siblings
     */
    public static VirtualFiles virtual() {
        return new VirtualFiles();
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
