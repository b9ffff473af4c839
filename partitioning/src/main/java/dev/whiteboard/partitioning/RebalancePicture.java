package dev.whiteboard.partitioning;

import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Multiset;
import com.google.common.escape.Escaper;
import com.google.common.xml.XmlEscapers;
import dev.whiteboard.partitioning.RebalancePlan.Move;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** A {@link RebalancePlan} as a picture: two strips of slots and a legend. Lengths are in pixels. */
final class RebalancePicture<N> {
  private static final int WIDTH = 900;
  private static final int LEFT = 76;
  private static final int STRIP_WIDTH = 800;
  private static final int STRIP_HEIGHT = 44;
  private static final int BEFORE_Y = 64;
  private static final int AFTER_Y = 116;
  private static final int LEGEND_Y = 210;
  private static final int LEGEND_COLUMNS = 3;
  private static final int LEGEND_WIDTH = 267;
  private static final int LEGEND_HEIGHT = 19;
  private static final int LONGEST_NAME = 20;

  /** A grey that stands out from white and from black alike, 4.5 to 1. */
  private static final String GREY = "#767676";

  /** The golden angle, in degrees: however many hues are taken, the next falls into one of the widest gaps. */
  private static final double HUE_STEP = 137.508;

  private static final double FIRST_HUE = 212;
  private static final double SATURATION = 0.6;
  private static final double[] LIGHTNESS = {0.52, 0.66, 0.40};
  private static final double PALE = 0.25;
  private static final String END = "text-anchor=\"end\"";
  private static final Escaper XML = XmlEscapers.xmlAttributeEscaper();

  private final RebalancePlan<N> plan;
  private final RebalanceReport<N> report;
  private final int slots;
  private final int columns;
  private final Map<N, Integer> numbers = new LinkedHashMap<>();

  /** By column: how many copies of its slots each node gives, and gets. */
  private final List<Multiset<N>> given = new ArrayList<>();

  private final List<Multiset<N>> got = new ArrayList<>();

  /** A part of a column: its upper end, its height and whose colour it has. */
  private record Bar<N>(N node, double y, double height) {}

  RebalancePicture(RebalancePlan<N> plan) {
    this.plan = plan;
    report = new RebalanceReport<>(plan);
    slots = plan.before().slots();
    columns = Math.min(slots, STRIP_WIDTH);
    report.nodes().forEach(id -> numbers.put(id, numbers.size()));
    for (int column = 0; column < columns; column++) {
      given.add(LinkedHashMultiset.create());
      got.add(LinkedHashMultiset.create());
    }
    for (Move<N> move : plan.moves()) {
      for (int slot = move.firstSlot(); slot <= move.lastSlot(); slot++) {
        int column = (int) ((long) slot * columns / slots);
        move.from().ifPresent(given.get(column)::add);
        got.get(column).add(move.to());
      }
    }
  }

  String toSvg() {
    int rows = (numbers.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
    int height = LEGEND_Y + rows * LEGEND_HEIGHT + 2;
    String frame = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img"
            aria-label="%s" font-family="system-ui, sans-serif" font-size="12" fill="%s">
        %s%s%s</svg>
        """;
    return format(
        frame,
        WIDTH,
        height,
        WIDTH,
        height,
        XML.escape(report.headline()),
        GREY,
        words(),
        strips(),
        legend());
  }

  private String words() {
    String scale =
        slots > columns ? format(" A column stands for %.1f slots.", (double) slots / columns) : "";
    return text(LEFT, 24, "font-size=\"15\" font-weight=\"600\"", report.headline())
        + text(LEFT, 45, "", report.verdict() + scale)
        + text(LEFT - 10, BEFORE_Y + 26, END, "before")
        + text(LEFT - 10, AFTER_Y + 26, END, "after")
        + text(LEFT, AFTER_Y + STRIP_HEIGHT + 17, "", "slot 0")
        + text(LEFT + STRIP_WIDTH, AFTER_Y + STRIP_HEIGHT + 17, END, format("%,d", slots - 1));
  }

  /** What moves meets in the middle: it hangs down from one strip and stands up from the other. */
  private String strips() {
    return layer(PALE, column -> all(column, BEFORE_Y, plan.before()))
        + layer(PALE, column -> all(column, AFTER_Y, plan.after()))
        + layer(1, column -> part(column, BEFORE_Y, given.get(column), true))
        + layer(1, column -> part(column, AFTER_Y, got.get(column), false));
  }

  private int firstSlot(int column) {
    return (int) (((long) column * slots + columns - 1) / columns);
  }

  /** A whole column, in the colour of its first slot. */
  private List<Bar<N>> all(int column, int y, SlotTable<N> table) {
    return table.nodes().isEmpty()
        ? List.of()
        : List.of(new Bar<>(table.ownerOf(firstSlot(column)), y, STRIP_HEIGHT));
  }

  /** The share of a column that moves, node by node. */
  private List<Bar<N>> part(int column, int y, Multiset<N> moving, boolean atBottom) {
    int copies = (firstSlot(column + 1) - firstSlot(column)) * plan.copies();
    double top = atBottom ? y + STRIP_HEIGHT * (1 - (double) moving.size() / copies) : y;
    List<Bar<N>> bars = new ArrayList<>();
    for (Multiset.Entry<N> entry : moving.entrySet()) {
      double height = (double) STRIP_HEIGHT * entry.getCount() / copies;
      bars.add(new Bar<>(entry.getElement(), top, height));
      top += height;
    }
    return bars;
  }

  /** Columns, of which equal neighbours are drawn as one, and with one path for each node. */
  private String layer(double opacity, IntFunction<List<Bar<N>>> bars) {
    Map<N, StringBuilder> paths = new LinkedHashMap<>();
    for (int first = 0, next; first < columns; first = next) {
      List<Bar<N>> column = bars.apply(first);
      next = first + 1;
      while (next < columns && column.equals(bars.apply(next))) {
        next++;
      }
      double x = LEFT + (double) first * STRIP_WIDTH / columns;
      double width = (double) (next - first) * STRIP_WIDTH / columns;
      for (Bar<N> bar : column) {
        paths
            .computeIfAbsent(bar.node, id -> new StringBuilder())
            .append(format("M%.2f %.2fh%.2fv%.2fh-%.2fz", x, bar.y, width, bar.height, width));
      }
    }
    StringBuilder svg = new StringBuilder(format("<g opacity=\"%.2f\">\n", opacity));
    paths.forEach(
        (node, path) -> svg.append(format("<path fill=\"%s\" d=\"%s\"/>\n", colour(node), path)));
    return svg.append("</g>\n").toString();
  }

  private String legend() {
    StringBuilder svg = new StringBuilder();
    numbers.forEach((id, number) -> {
      int x = LEFT + number % LEGEND_COLUMNS * LEGEND_WIDTH;
      int y = LEGEND_Y + number / LEGEND_COLUMNS * LEGEND_HEIGHT;
      String load = report.before(id) == report.after(id)
          ? format("%,d", report.after(id))
          : format("%,d → %,d", report.before(id), report.after(id));
      svg.append(format(
              "<rect x=\"%d\" y=\"%d\" width=\"11\" height=\"11\" rx=\"2\" fill=\"%s\"/>\n",
              x, y - 10, colour(id)))
          .append(text(x + 17, y, "", shortened(id.toString())))
          .append(text(x + LEGEND_WIDTH - 31, y, END, load));
    });
    return svg.toString();
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private static String text(int x, int y, String attributes, String text) {
    return format("<text x=\"%d\" y=\"%d\" %s>%s</text>\n", x, y, attributes, XML.escape(text));
  }

  private String colour(N id) {
    int number = numbers.getOrDefault(id, 0);
    double hue = (FIRST_HUE + number * HUE_STEP) % 360;
    double lightness = LIGHTNESS[number % LIGHTNESS.length];
    return format(
        "#%02x%02x%02x", part(0, hue, lightness), part(8, hue, lightness), part(4, hue, lightness));
  }

  /** Red, green or blue of a hue by the usual formula; {@code offset} is 0, 8 or 4. */
  private static int part(int offset, double hue, double lightness) {
    double k = (offset + hue / 30) % 12;
    double amplitude = SATURATION * Math.min(lightness, 1 - lightness);
    double part = lightness - amplitude * Math.max(-1, Math.min(Math.min(k - 3, 9 - k), 1));
    return (int) Math.round(255 * part);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
