package dev.whiteboard.benchmarks.report;

import static com.google.common.html.HtmlEscapers.htmlEscaper;

import dev.whiteboard.estimation.CapacityPlan;
import java.util.Locale;

/** The image service as boxes and arrows, with the plan's traffic on the arrows. */
final class Board {
  private final StringBuilder out = new StringBuilder();

  private Board() {}

  static String draw(CapacityPlan plan) {
    String writes =
        plan.step("write-rate").format() + ", " + plan.step("ingress").format();
    String reads = plan.step("read-rate").format();
    String served = plan.step("egress").format();
    String stored = plan.step("storage").format();
    String cached = plan.step("cache-objects").format() + " images cached";
    Board board = new Board();
    board.box(10, 30, 130, "Images", "");
    board.box(250, 30, 190, "Image write service", "limit per user, id");
    board.box(10, 150, 130, "Client", "");
    board.box(250, 150, 190, "Image retrieval service", cached);
    board.tall(600, 30, 190, 184, "Image file storage", stored, "8 nodes on a ring, 2 copies");
    board.arrow(140, 62, 250, writes);
    board.arrow(440, 62, 600, "files, 2 copies");
    board.arrow(140, 172, 250, reads);
    board.arrow(600, 172, 440, "misses");
    board.arrow(250, 196, 140, served);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 230\" role=\"img\" fill=\"currentColor\" "
        + "font-family=\"system-ui,sans-serif\" font-size=\"13\"><title>The image service</title>"
        + "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
        + "orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n"
        + board.out + "</svg>\n";
  }

  private void box(int x, int y, int width, String title, String detail) {
    tall(x, y, width, 64, title, detail, "");
  }

  private void tall(int x, int y, int width, int height, String title, String detail, String more) {
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"none\" stroke=\"currentColor\" "
            + "stroke-width=\"1.5\"/>",
        x, y, width, height);
    int middle = x + width / 2;
    int base = y + height / 2 + (detail.isEmpty() ? 5 : -4);
    text(middle, base, title, "font-weight=\"600\"");
    text(middle, base + 20, detail, "opacity=\"0.75\"");
    text(middle, base + 38, more, "opacity=\"0.75\"");
  }

  private void arrow(int from, int y, int to, String label) {
    add(
        "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"currentColor\" stroke-width=\"1.5\" "
            + "marker-end=\"url(#head)\"/>",
        from, y, to, y);
    text((from + to) / 2, y - 6, label, "font-size=\"12\"");
  }

  private void text(int x, int y, String content, String attributes) {
    if (!content.isEmpty()) {
      add(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" %s>%s</text>",
          x, y, attributes, htmlEscaper().escape(content));
    }
  }

  private void add(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
