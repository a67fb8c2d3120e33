package io.betrue.examples.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a disk has room. */
final class DiskSpace {
    private static final long NEARLY_NOTHING = 1024 * 1024;

    private DiskSpace() {}

    /** Refuses unless so many bytes fit on the disk of a folder, and some stay free. */
    static void refuseFull(Path folder, long bytes, long leave) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() - bytes < leave) {
            throw new StorageFullException("the disk of " + folder + " has no room", null);
        }
    }

    /** {@return the failure of a write, named if it is for want of room: Java has no type for that} */
    static IOException named(Path folder, IOException failure) throws IOException {
        String message = String.valueOf(failure.getMessage());
        boolean full = message.contains("No space left")
                || message.contains("quota exceeded")
                || Files.getFileStore(folder).getUsableSpace() < NEARLY_NOTHING;
        return full ? new StorageFullException("the disk of " + folder + " has no room", failure) : failure;
    }
}
