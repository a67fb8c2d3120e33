package io.betrue.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** What must hold of a path when the settings are loaded; never looked at while documenting. */
public enum PathCheck {
    /** Something is there: a file, a directory, or anything else. */
    EXISTS("must exist"),
    /** A regular file is there. */
    IS_FILE("must be a file"),
    /** A directory is there. */
    IS_DIRECTORY("must be a directory"),
    /** It is there and this process can read it. */
    IS_READABLE("must be readable"),
    /** It is there and this process can write to it. */
    IS_WRITABLE("must be writable");

    private final String requirement;

    PathCheck(String requirement) {
        this.requirement = requirement;
    }

    String requirement() {
        return requirement;
    }

    boolean holds(Path path) {
        return switch (this) {
            case EXISTS -> Files.exists(path);
            case IS_FILE -> Files.isRegularFile(path);
            case IS_DIRECTORY -> Files.isDirectory(path);
            case IS_READABLE -> Files.isReadable(path);
            case IS_WRITABLE -> Files.isWritable(path);
        };
    }
}
