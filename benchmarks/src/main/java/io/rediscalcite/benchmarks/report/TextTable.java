package io.rediscalcite.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, whose source is in columns too, so that it serves on a terminal. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> titles) {
        rows.add(titles);
    }

    void row(List<String> cells) {
        rows.add(cells.stream().map(cell -> cell.replace("|", "\\|")).toList());
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < widths.length; i++) {
                String cell = rows.get(row).get(i);
                text.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
            }
            text.append("|\n");
            for (int i = 0; row == 0 && i < widths.length; i++) {
                text.append("| ").append("-".repeat(widths[i])).append(i == widths.length - 1 ? " |\n" : " ");
            }
        }
        return text.toString();
    }
}
