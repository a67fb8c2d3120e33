package io.betrue.staticfiles;

/** Sizes and counts as people read them. */
final class HumanSize {
    private static final String[] UNITS = {"B", "KB", "MB", "GB"};
    private static final int STEP = 1024;

    private HumanSize() {}

    /** {@return a size in steps of 1024, rounded up to a tenth: {@code 17 B}, {@code 4.2 MB}} */
    static String of(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        int unit = 1;
        long size = STEP;
        while (unit < UNITS.length - 1 && tenths(bytes, size) >= STEP * 10L) {
            unit++;
            size *= STEP;
        }
        long tenths = tenths(bytes, size);
        return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
    }

    /** {@return a number of files: {@code 1 file}, {@code 2 files}} */
    static String files(long count) {
        return count == 1 ? "1 file" : count + " files";
    }

    private static long tenths(long bytes, long size) {
        return bytes / size * 10 + (bytes % size * 10 + size - 1) / size;
    }
}
