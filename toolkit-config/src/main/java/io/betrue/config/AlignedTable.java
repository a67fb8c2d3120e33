package io.betrue.config;

import java.util.List;

/** A table of texts whose columns are as wide as their widest cell; Markdown, and readable on a terminal. */
final class AlignedTable {
    private final StringBuilder out;
    private final int[] widths;

    private AlignedTable(StringBuilder out, int[] widths) {
        this.out = out;
        this.widths = widths;
    }

    /** Appends rows of the same length, the first of which are the headings; each cell must be one line. */
    static void append(StringBuilder out, List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Display.width(row.get(i)));
            }
        }
        AlignedTable table = new AlignedTable(out, widths);
        table.appendRow(rows.get(0));
        table.appendLine();
        for (List<String> row : rows.subList(1, rows.size())) {
            table.appendRow(row);
        }
    }

    private void appendRow(List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            out.append("| ").append(cell).append(" ".repeat(widths[i] - Display.width(cell) + 1));
        }
        out.append("|\n");
    }

    private void appendLine() {
        for (int width : widths) {
            out.append('|').append("-".repeat(width + 2));
        }
        out.append("|\n");
    }
}
