package io.betrue.config;

/**
 * An amount of data.
 *
 * @param bytes the number of bytes, zero or more
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final String[] UNITS = {"TiB", "GiB", "MiB", "KiB"};

    /**
     * Checks the amount.
     *
     * @param bytes the number of bytes, zero or more
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a data size must be 0 or more bytes, was " + bytes);
        }
    }

    /**
     * Reads a number with a unit, such as {@code 64KiB} or {@code 10MB}.
     *
     * @param text the number and its unit: B, kB, MB, GB, TB (powers of 1000), KiB, MiB, GiB, TiB (powers of 1024)
     * @return the size
     * @throws IllegalArgumentException if the text is not a size, or has no unit
     */
    public static DataSize parse(String text) {
        try {
            return AmountTypes.dataSize(text);
        } catch (Refusal refusal) {
            throw new IllegalArgumentException("\"" + text + "\" " + refusal.reason(), refusal);
        }
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** {@return the size in the largest binary unit that divides it, such as {@code 64KiB}; {@link #parse} reads it} */
    @Override
    public String toString() {
        for (int i = 0; i < UNITS.length; i++) {
            long unit = 1L << (10 * (UNITS.length - i));
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + UNITS[i];
            }
        }
        return bytes + "B";
    }
}
