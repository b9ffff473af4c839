package dev.whiteboard.estimation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.escape.Escaper;
import com.google.common.xml.XmlEscapers;
import dev.whiteboard.estimation.BoardLayout.Label;
import dev.whiteboard.estimation.BoardLayout.PlacedArrow;
import dev.whiteboard.estimation.BoardLayout.PlacedBox;
import dev.whiteboard.estimation.BoardLayout.Point;
import dev.whiteboard.estimation.BoardShape.Area;
import dev.whiteboard.estimation.BoardText.Font;
import java.util.List;
import java.util.Locale;

/**
 * Draws boxes and arrows, as on a whiteboard, as SVG that can stand alone or within a page.
 *
 * <p>Text and arrows take the colour of their surroundings, so that a page can be dark or light; a picture that stands
 * alone follows the reader's preference. There are no ids and no style but the document's own, so several pictures
 * get along in one page.
 */
final class BoardSvg {
  private static final Font HEADING = new Font(16, true, 700);
  private static final Font WORD = new Font(11, true, 700);
  private static final String BOTTLENECK = "bottleneck";
  private static final String ALARM = "#d23b30";
  private static final double SOFT = 0.75;
  private static final double HEAD_LENGTH = 9;
  private static final double HEAD_WIDTH = 7.5;
  private static final Escaper XML = XmlEscapers.xmlAttributeEscaper();

  /** {@code svg:root} is a picture that stands alone, never one within a page. */
  private static final String STYLE = """
      <style>
      svg:root { background: #fff; color: #222 }
      @media (prefers-color-scheme: dark) { svg:root { background: #1b1b1b; color: #eee } }
      </style>
      """;

  private final StringBuilder svg = new StringBuilder();

  private BoardSvg() {}

  static String of(String title, List<BoardBox> boxes, List<BoardArrow> arrows) {
    return new BoardSvg().draw(title, boxes, arrows);
  }

  private String draw(String title, List<BoardBox> boxes, List<BoardArrow> arrows) {
    List<String> heading = HEADING.wrap(title);
    double least = heading.stream().mapToDouble(HEADING::width).max().orElse(0);
    double top =
        BoardLayout.MARGIN + (heading.isEmpty() ? 0 : heading.size() * HEADING.leading() + 14);
    BoardLayout layout = new BoardLayout(boxes, arrows, top, BoardLayout.MARGIN + least);
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\" role=\"img\" "
            + "fill=\"currentColor\" font-family=\"system-ui, sans-serif\" text-anchor=\"middle\">",
        layout.width, layout.height, layout.width, layout.height);
    add("<title>%s</title>", escaped(title));
    svg.append(STYLE);
    add("<g text-anchor=\"start\">");
    text(heading, HEADING, BoardLayout.MARGIN, BoardLayout.MARGIN, 1);
    add("</g>");
    layout.boxes.forEach(this::box);
    layout.arrows.forEach(this::arrow);
    return svg.append("</svg>\n").toString();
  }

  private void box(PlacedBox placed) {
    BoardShape shape = BoardShape.of(placed.box().kind());
    Area area = placed.area();
    boolean bottleneck = placed.box().bottleneck();
    String colour = bottleneck ? ALARM : shape.colour;
    add(
        "<g stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\" fill=\"none\">",
        colour, bottleneck ? 2.6 : 1.6);
    add("<path d=\"%s\" fill=\"%s\" fill-opacity=\"0.1\"/>", shape.outline(area), colour);
    String details = shape.details(area);
    if (!details.isEmpty()) {
      add("<path d=\"%s\" fill=\"%s\"/>", details, shape.solid() ? colour : "none");
    }
    add("</g>");
    if (bottleneck) {
      mark(area);
    }
    BoardText text = placed.text();
    double x = (area.x() + shape.left + area.right() - shape.right) / 2;
    double room = area.height() - shape.top - shape.bottom;
    double y = area.y() + shape.top + (room - text.titleHeight() - text.linesHeight()) / 2;
    text(text.title(), text.titleFont(), x, y, 1);
    text(text.lines(), text.linesFont(), x, y + text.titleHeight(), SOFT);
  }

  private void mark(Area area) {
    double x = area.x() + area.width() / 2;
    double width = WORD.width(BOTTLENECK) + 14;
    double height = 2 * BoardLayout.MARK - 4;
    add(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"%s\"/>",
        x - width / 2, area.bottom() - height / 2, width, height, height / 2, ALARM);
    add("<g fill=\"#fff\">");
    text(List.of(BOTTLENECK), WORD, x, area.bottom() - WORD.leading() / 2, 1);
    add("</g>");
  }

  /** The line ends at the base of the head, the head's tip on the outline. */
  private void arrow(PlacedArrow placed) {
    List<Point> points = placed.points();
    int last = points.size() - 1;
    Point tip = points.get(placed.leftwards() ? 0 : last);
    double base = tip.x() + (placed.leftwards() ? HEAD_LENGTH : -HEAD_LENGTH);
    double start = placed.leftwards() ? base : points.get(0).x();
    StringBuilder line = new StringBuilder(path("M%s %s", start, points.get(0).y()));
    for (int i = 1; i < last; i += 2) {
      Point from = points.get(i);
      Point to = points.get(i + 1);
      double middle = (from.x() + to.x()) / 2;
      line.append(path("H%s", from.x()))
          .append(path("C%s %s %s %s %s %s", middle, from.y(), middle, to.y(), to.x(), to.y()));
    }
    line.append(path("H%s", placed.leftwards() ? points.get(last).x() : base));
    add(
        "<path d=\"%s\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.4\" opacity=\"0.8\"/>",
        line);
    add(
        "<path d=\"%s\" opacity=\"0.8\"/>",
        path(
            "M%s %sL%s %sV%sZ",
            tip.x(), tip.y(), base, tip.y() - HEAD_WIDTH / 2, tip.y() + HEAD_WIDTH / 2));
    Label label = placed.label();
    BoardText text = label.text();
    double x = label.area().x() + label.area().width() / 2;
    double above = label.lineY() - BoardLayout.LINE_GAP - text.titleHeight();
    text(text.title(), text.titleFont(), x, above, 1);
    text(text.lines(), text.linesFont(), x, label.lineY() + BoardLayout.LINE_GAP, SOFT);
  }

  /** Lines of text, the first one's upper edge at {@code y}. */
  private void text(List<String> lines, Font type, double x, double y, double opacity) {
    for (int i = 0; i < lines.size(); i++) {
      double baseline = y + (i + 0.77) * type.leading();
      add(
          "<text x=\"%s\" y=\"%s\" font-size=\"%s\"%s%s>%s</text>",
          x,
          baseline,
          type.size(),
          type.bold() ? " font-weight=\"600\"" : "",
          opacity < 1 ? path(" opacity=\"%s\"", opacity) : "",
          escaped(lines.get(i)));
    }
  }

  /** A surrogate without its partner has no place in XML; encoding makes a question mark of it. */
  private static String escaped(String text) {
    return XML.escape(new String(text.getBytes(UTF_8), UTF_8));
  }

  private void add(String format, Object... values) {
    svg.append(path(format, values)).append('\n');
  }

  /** Numbers are written with a digit after the point, if it is not 0. */
  static String path(String format, Object... values) {
    Object[] shown = values.clone();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i] instanceof Number number) {
        shown[i] = String.format(Locale.ROOT, "%.1f", number.doubleValue()).replace(".0", "");
      }
    }
    return String.format(Locale.ROOT, format, shown);
  }
}
