package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/** One walk through a directory. Not safe for use by multiple threads. */
final class DirectoryScan {
    static final int DEEPEST = 64;

    private final Path root;
    private final boolean hidden;
    private final BiConsumer<String, String> warn;
    private final Lister lister;
    private final List<SourceFile> found = new ArrayList<>();
    private final Deque<Path> open = new ArrayDeque<>();
    private int seen;

    /**
     * Prepares a walk.
     *
     * @param root the real path of the directory
     * @param hidden whether hidden files are wanted too
     * @param warn takes the path and the reason of what is left out for a reason its owner should know
     */
    DirectoryScan(Path root, boolean hidden, BiConsumer<String, String> warn) {
        this(root, hidden, warn, Files::newDirectoryStream);
    }

    DirectoryScan(Path root, boolean hidden, BiConsumer<String, String> warn, Lister lister) {
        this.root = root;
        this.hidden = hidden;
        this.warn = warn;
        this.lister = lister;
    }

    /** Opens a directory. */
    interface Lister {
        DirectoryStream<Path> list(Path directory) throws IOException;
    }

    List<SourceFile> files() throws IOException {
        walk(root, "");
        found.sort(Comparator.comparing(SourceFile::path));
        return found;
    }

    private void walk(Path directory, String prefix) throws IOException {
        if (open.size() > DEEPEST) {
            throw new FileSystemException(prefix, null, "is more than " + DEEPEST + " directories deep");
        }
        open.push(directory);
        try (DirectoryStream<Path> children = lister.list(directory)) {
            for (Path child : children) {
                visit(child, prefix);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } finally {
            open.pop();
        }
    }

    private void visit(Path child, String prefix) throws IOException {
        if (++seen > StaticRoot.MOST_FILES) {
            throw new FileSystemException(
                    root.toString(), null, "holds more than " + StaticRoot.MOST_FILES + " files; mount a part of it");
        }
        String name = name(child);
        String path = prefix + name;
        if (!hidden && FilePaths.isHidden(path)) {
            return;
        }
        if (!FilePaths.isPlainName(name)) {
            warn.accept(
                    path,
                    "its name is not text that a URL can carry (control character, backslash, or bytes that"
                            + " are no characters in the locale of this process)");
            return;
        }
        try {
            BasicFileAttributes attributes = attributes(child);
            if (attributes.isSymbolicLink()) {
                visitLink(child, path);
            } else {
                take(child, path, attributes);
            }
        } catch (NoSuchFileException e) {
            // gone between listing and looking: as if it had never been there
            warn.accept(path, "it is a link to nothing, or was deleted just now");
        }
    }

    private void visitLink(Path link, String path) throws IOException {
        Path real;
        try {
            real = link.toRealPath();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            warn.accept(path, "it is a link that cannot be followed (" + e.getReason() + ")");
            return;
        }
        if (!real.startsWith(root)) {
            warn.accept(path, "it is a link to " + real + ", outside the root");
        } else if (open.contains(real)) {
            warn.accept(path, "it is a link to a directory that it is in");
        } else {
            take(real, path, attributes(real));
        }
    }

    private void take(Path real, String path, BasicFileAttributes attributes) throws IOException {
        if (attributes.isDirectory()) {
            walk(real, path + "/");
        } else if (attributes.isRegularFile()) {
            found.add(new DiskFile(
                    path, real, attributes.size(), attributes.lastModifiedTime().toInstant(), attributes.fileKey()));
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** {@return the name; some file systems (zip) put a slash after the names of directories} */
    private static String name(Path child) {
        Path last = child.getFileName();
        String name = last == null ? "" : last.toString();
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }
}
