package dev.whiteboard.estimation;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes rows of a Markdown table. */
final class MarkdownTable {
  private final StringBuilder page;

  /** Writes the head; a column whose name starts with ">" is aligned to the right. */
  MarkdownTable(StringBuilder page, String... columns) {
    this.page = page;
    row(Arrays.stream(columns)
        .map(column -> column.startsWith(">") ? column.substring(1) : column)
        .toArray(String[]::new));
    row(Arrays.stream(columns)
        .map(column -> column.startsWith(">") ? "---:" : "---")
        .toArray(String[]::new));
  }

  void row(String... cells) {
    page.append(Arrays.stream(cells)
        .map(cell -> cell.replace("|", "\\|").replace('\n', ' '))
        .collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
