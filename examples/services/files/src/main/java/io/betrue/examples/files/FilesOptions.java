package io.betrue.examples.files;

import java.util.EnumSet;
import java.util.Set;

/**
 * Everything about this service that an application may choose.
 *
 * @param largest how many bytes a file has at most, 1 KiB to 5 GiB, which is what S3 takes at once
 * @param quota how many bytes all files of a user have together, at least {@code largest}
 * @param filesOfUser how many files a user has, 1 to 100,000
 * @param uploadsAtOnce how many files a user may be sending at the same time, 1 to 1,000
 * @param types what files may be, at least one
 */
public record FilesOptions(long largest, long quota, int filesOfUser, int uploadsAtOnce, Set<MediaType> types) {
    private static final long KIB = 1_024;
    private static final long MIB = KIB * KIB;
    private static final long GIB = KIB * MIB;

    /** Refuses what is out of range. */
    public FilesOptions {
        check("largest", largest, KIB, 5 * GIB);
        check("quota", quota, largest, Long.MAX_VALUE / 4);
        check("filesOfUser", filesOfUser, 1, 100_000);
        check("uploadsAtOnce", uploadsAtOnce, 1, 1_000);
        check("types", types.size(), 1, MediaType.values().length);
        types = Set.copyOf(types);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + ".." + most + ", was " + value);
        }
    }

    /** {@return files of 20 MiB, 1 GiB and 1,000 files for each user, 4 uploads at once, of all types} */
    public static FilesOptions defaults() {
        return new FilesOptions(20 * MIB, GIB, 1_000, 4, EnumSet.allOf(MediaType.class));
    }

    /**
     * {@return other bounds of size}
     *
     * @param file how many bytes a file has at most
     * @param user how many bytes all files of a user have together
     */
    public FilesOptions sizes(long file, long user) {
        return new FilesOptions(file, user, filesOfUser, uploadsAtOnce, types);
    }

    /**
     * {@return other bounds of numbers}
     *
     * @param files how many files a user has
     * @param uploads how many a user may be sending at the same time
     */
    public FilesOptions numbers(int files, int uploads) {
        return new FilesOptions(largest, quota, files, uploads, types);
    }

    /**
     * {@return other types}
     *
     * @param allowed what files may be
     */
    public FilesOptions types(Set<MediaType> allowed) {
        return new FilesOptions(largest, quota, filesOfUser, uploadsAtOnce, allowed);
    }
}
