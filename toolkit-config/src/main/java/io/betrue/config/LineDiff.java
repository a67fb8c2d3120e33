package io.betrue.config;

/** The lines in which two texts differ. */
final class LineDiff {
    /** Above this many pairs of lines the middle is shown as replaced as a whole instead of compared line by line. */
    private static final long MAX_PAIRS = 4_000_000;

    private final String[] before;
    private final String[] after;
    private final StringBuilder out = new StringBuilder();

    private LineDiff(String before, String after) {
        this.before = lines(before);
        this.after = lines(after);
    }

    /** {@return the removed lines after a minus and the added ones after a plus, with line numbers; empty when equal} */
    static String of(String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        LineDiff diff = new LineDiff(before, after);
        diff.compare();
        return diff.out.isEmpty() ? "(only invisible bytes differ)\n" : diff.out.toString();
    }

    private static String[] lines(String text) {
        return text.isEmpty() ? new String[0] : text.split("\n", -1);
    }

    private void compare() {
        int head = 0;
        int shorter = Math.min(before.length, after.length);
        while (head < shorter && before[head].equals(after[head])) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && before[before.length - 1 - tail].equals(after[after.length - 1 - tail])) {
            tail++;
        }
        int rows = before.length - head - tail;
        int columns = after.length - head - tail;
        if ((long) rows * columns > MAX_PAIRS) {
            block(head, rows, head, columns);
        } else {
            walk(head, rows, columns);
        }
    }

    private void block(int i, int rows, int j, int columns) {
        for (int k = 0; k < rows; k++) {
            line('-', i + k, before[i + k]);
        }
        for (int k = 0; k < columns; k++) {
            line('+', j + k, after[j + k]);
        }
    }

    // The longest common subsequence of the middles, then one walk along it.
    private void walk(int head, int rows, int columns) {
        int[][] common = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                common[i][j] = before[head + i].equals(after[head + j])
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            if (i < rows && j < columns && before[head + i].equals(after[head + j])) {
                i++;
                j++;
            } else if (j == columns || (i < rows && common[i + 1][j] >= common[i][j + 1])) {
                line('-', head + i, before[head + i]);
                i++;
            } else {
                line('+', head + j, after[head + j]);
                j++;
            }
        }
    }

    private void line(char sign, int index, String text) {
        out.append(sign)
                .append(String.format("%5d ", index + 1))
                .append(Display.line(text))
                .append('\n');
    }
}
