package dev.whiteboard.benchmarks.render;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.html.HtmlEscapers.htmlEscaper;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of text under headings; cells that look like numbers are aligned to the right.
 *
 * @param headings one per column
 * @param rows as many cells each as there are headings
 */
public record Table(List<String> headings, List<List<String>> rows) {
  public Table {
    headings = List.copyOf(headings);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      checkArgument(
          row.size() == headings.size(),
          "row must have %s cells, had %s: %s",
          headings.size(),
          row.size(),
          row);
    }
  }

  /** Starts a table that is filled row by row. */
  public static Builder of(String... headings) {
    return new Builder(List.of(headings));
  }

  /** For a terminal: columns padded with spaces, a rule under the headings. */
  public String toText() {
    int[] widths = IntStream.range(0, headings.size())
        .map(column -> Math.max(
            headings.get(column).length(),
            rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)))
        .toArray();
    StringBuilder out = new StringBuilder();
    BitSet numeric = numericColumns();
    appendText(out, headings, widths, numeric);
    appendText(out, IntStream.of(widths).mapToObj("-"::repeat).toList(), widths, numeric);
    rows.forEach(row -> appendText(out, row, widths, numeric));
    return out.toString();
  }

  /** For a Markdown file; a vertical bar in a cell is escaped. */
  public String toMarkdown() {
    StringBuilder out = new StringBuilder();
    BitSet numeric = numericColumns();
    appendMarkdown(out, headings);
    appendMarkdown(
        out,
        IntStream.range(0, headings.size())
            .mapToObj(column -> numeric.get(column) ? "---:" : "---")
            .toList());
    rows.forEach(row -> appendMarkdown(out, row));
    return out.toString();
  }

  /** For a page. */
  public String toHtml() {
    StringBuilder out = new StringBuilder("<div class=\"scroll\"><table><thead>");
    BitSet numeric = numericColumns();
    appendHtml(out, headings, "th", numeric);
    out.append("</thead><tbody>\n");
    rows.forEach(row -> appendHtml(out, row, "td", numeric));
    return out.append("</tbody></table></div>\n").toString();
  }

  private static void appendText(
      StringBuilder out, List<String> cells, int[] widths, BitSet numeric) {
    String line = IntStream.range(0, cells.size())
        .mapToObj(column -> numeric.get(column)
            ? Strings.padStart(cells.get(column), widths[column], ' ')
            : Strings.padEnd(cells.get(column), widths[column], ' '))
        .collect(Collectors.joining("  "));
    out.append(line.stripTrailing()).append('\n');
  }

  private static void appendMarkdown(StringBuilder out, List<String> cells) {
    out.append(cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private static void appendHtml(
      StringBuilder out, List<String> cells, String tag, BitSet numeric) {
    out.append("<tr>");
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String style = numeric.get(column)
          ? "num"
          : switch (cell) {
            case "yes" -> "yes";
            case "NO" -> "no";
            default -> "";
          };
      out.append('<').append(tag);
      out.append(style.isEmpty() ? ">" : " class=\"" + style + "\">");
      out.append(htmlEscaper().escape(cell)).append("</").append(tag).append('>');
    }
    out.append("</tr>\n");
  }

  private BitSet numericColumns() {
    return IntStream.range(0, headings.size())
        .filter(this::isNumeric)
        .collect(BitSet::new, BitSet::set, BitSet::or);
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty()
        && rows.stream()
            .map(row -> row.get(column))
            .allMatch(cell -> cell.isEmpty()
                || cell.matches(
                    "[-+±≤≥]?\\s?[\\d.,]+(e-?\\d+)?( ?[%×]| ?[µnkMGTP]?[a-zA-Z/]{0,5})?"));
  }

  /** Collects rows. */
  public static final class Builder {
    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    private Builder(List<String> headings) {
      this.headings = headings;
    }

    /** Adds a row. */
    public Builder row(String... cells) {
      rows.add(List.of(cells));
      return this;
    }

    /** Finishes the table. */
    public Table build() {
      return new Table(headings, rows);
    }
  }
}
