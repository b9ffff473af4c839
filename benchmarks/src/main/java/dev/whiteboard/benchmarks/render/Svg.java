package dev.whiteboard.benchmarks.render;

import static com.google.common.html.HtmlEscapers.htmlEscaper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Draws a chart as SVG, alone or within a page.
 *
 * <p>Written here, and not with a chart library, because those draw through AWT: that wants fonts, which a server's JDK
 * does not have. Text and axes take the colour of their surroundings, so that a page can be dark or light.
 */
public final class Svg {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  /** Charts that stand below one another line up, unless one needs more. */
  private static final int LEAST_LEFT = 64;

  /** Room for the axis's name, and between a number and its line. */
  private static final int AXIS_NAME = 20;

  private static final int GAP = 8;

  /** About the width of a digit: fonts are the reader's. */
  private static final int CHARACTER = 7;

  private static final int RIGHT = 16;
  private static final int BOTTOM = 48;
  private static final int LINE_HEIGHT = 18;
  private static final int BAR_WIDTH = 14;
  private static final int BAR_INSET = 2 * BAR_WIDTH;

  /** Okabe and Ito's palette, which people with any colour vision can tell apart. */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

  /** The first round through the palette is drawn solid, the next ones dashed. */
  private static final List<String> DASHES = List.of("none", "7 4", "2 3");

  private final Chart chart;

  /** Where each series' name stands. */
  private final List<Label> legend = new ArrayList<>();

  private final int left;
  private final int top;
  private final Scale x;
  private final Scale y;
  private final StringBuilder out = new StringBuilder();

  private Svg(Chart chart) {
    this.chart = chart;
    boolean bars = chart.series().get(0).mark() == Chart.Mark.BARS;
    DoubleStream zero = bars ? DoubleStream.of(0) : DoubleStream.empty();
    Scale values = Scale.over(chart.y(), DoubleStream.concat(chart.ys(), zero), 1, 0, true);
    left = Math.max(LEAST_LEFT, AXIS_NAME + width(values.ticks()) + GAP);
    layOutLegend();
    top = legend.get(legend.size() - 1).y + 20;
    int inset = bars ? BAR_INSET : 0; // half a group of bars stands on either side of its x
    x = Scale.over(chart.x(), chart.xs(), left + inset, WIDTH - RIGHT - inset, false);
    y = values.between(HEIGHT - BOTTOM, top);
  }

  /** The width of the widest number. */
  private static int width(List<Double> ticks) {
    return ticks.stream().mapToInt(tick -> width(Scale.label(tick))).max().orElse(0);
  }

  private static int width(String text) {
    return CHARACTER * text.length();
  }

  /** Draws a chart; the text is a whole SVG document that can also stand inside HTML. */
  public static String draw(Chart chart) {
    return new Svg(chart).draw();
  }

  private String draw() {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" fill=\"currentColor\" "
            + "font-family=\"system-ui,sans-serif\" font-size=\"12\">",
        WIDTH, HEIGHT);
    add("<title>%s</title>", htmlEscaper().escape(chart.title()));
    text(left, LINE_HEIGHT, "start", "font-size=\"14\" font-weight=\"600\"", chart.title());
    drawAxes();
    drawLegend();
    for (int i = 0; i < chart.series().size(); i++) {
      Chart.Series series = chart.series().get(i);
      String colour = colour(i);
      if (series.mark() == Chart.Mark.BARS) {
        drawBars(series, colour, (i - chart.series().size() / 2.0) * BAR_WIDTH);
      } else {
        drawSeries(series, colour, dash(i));
      }
    }
    return out.append("</svg>\n").toString();
  }

  private void drawAxes() {
    for (double tick : y.ticks()) {
      double at = y.at(tick);
      add(
          "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\" opacity=\"0.15\"/>",
          left, WIDTH - RIGHT, at, at);
      text(left - GAP, at + 4, "end", "opacity=\"0.75\"", Scale.label(tick));
    }
    for (double tick : x.ticks()) {
      double at = x.at(tick);
      add(
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"currentColor\" opacity=\"0.4\"/>",
          at, at, HEIGHT - BOTTOM, HEIGHT - BOTTOM + 4);
      text(at, HEIGHT - BOTTOM + LINE_HEIGHT, "middle", "opacity=\"0.75\"", Scale.label(tick));
    }
    add(
        "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"currentColor\" opacity=\"0.4\"/>",
        left, WIDTH - RIGHT, HEIGHT - BOTTOM, HEIGHT - BOTTOM);
    text((left + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "", chart.x().label());
    add(
        "<text transform=\"translate(14 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
        (top + HEIGHT - BOTTOM) / 2.0, htmlEscaper().escape(chart.y().label()));
  }

  /** A name in the legend. */
  private record Label(double x, int y) {}

  /** Lines of names below the title, as many as it takes. */
  private void layOutLegend() {
    double x = left;
    int y = 2 * LINE_HEIGHT;
    for (Chart.Series series : chart.series()) {
      double width = 17 + width(series.name());
      if (x > left && x + width > WIDTH) {
        x = left;
        y += LINE_HEIGHT;
      }
      legend.add(new Label(x, y));
      x += width + 18;
    }
  }

  private void drawLegend() {
    for (int i = 0; i < legend.size(); i++) {
      Label label = legend.get(i);
      if (i < COLOURS.size()) {
        add(
            "<rect x=\"%.1f\" y=\"%d\" width=\"12\" height=\"12\" rx=\"2\" fill=\"%s\"/>",
            label.x, label.y - 10, colour(i));
      } else {
        add(
            "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"4\" stroke-dasharray=\"%s\"/>",
            label.x - 2, label.x + 14, label.y - 4, label.y - 4, colour(i), dash(i));
      }
      text(label.x + 17, label.y, "start", "", chart.series().get(i).name());
    }
  }

  private static String colour(int series) {
    return COLOURS.get(series % COLOURS.size());
  }

  private static String dash(int series) {
    return DASHES.get(series / COLOURS.size() % DASHES.size());
  }

  private void drawSeries(Chart.Series series, String colour, String dash) {
    if (series.mark() != Chart.Mark.DOTS) {
      String points = series.points().stream()
          .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x.at(point.x()), y.at(point.y())))
          .collect(Collectors.joining(" "));
      add(
          "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"%s\"/>",
          points, colour, dash);
    }
    if (series.mark() != Chart.Mark.LINE) {
      for (Chart.Point point : series.points()) {
        add(
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"><title>%s: %s, %s</title></circle>",
            x.at(point.x()),
            y.at(point.y()),
            colour,
            htmlEscaper().escape(series.name()),
            Numbers.format(point.x()),
            Numbers.format(point.y()));
      }
    }
  }

  private void drawBars(Chart.Series series, String colour, double shift) {
    for (Chart.Point point : series.points()) {
      add(
          "<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"%s\"><title>%s: %s, %s</title></rect>",
          x.at(point.x()) + shift,
          y.at(point.y()),
          BAR_WIDTH - 1,
          y.at(0) - y.at(point.y()),
          colour,
          htmlEscaper().escape(series.name()),
          Numbers.format(point.x()),
          Numbers.format(point.y()));
    }
  }

  private void text(double atX, double atY, String anchor, String attributes, String content) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>",
        atX, atY, anchor, attributes, htmlEscaper().escape(content));
  }

  private void add(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  /** From values to pixels. */
  private record Scale(boolean logarithmic, double low, double high, double from, double to) {
    static Scale over(
        Chart.Axis axis, DoubleStream values, double from, double to, boolean startAtZero) {
      var range = values.summaryStatistics();
      double low = range.getMin();
      double high = range.getMax();
      if (axis.logarithmic()) {
        // Whole powers of ten look empty around a short range; then the values' own ends will do.
        return low == high
            ? new Scale(true, low / 2, high * 2, from, to)
            : new Scale(true, low, high, from, to);
      }
      if (startAtZero && low > 0 && low < high / 2) {
        low = 0;
      }
      if (low == high) {
        high = low + 1;
      }
      double step = step(low, high);
      return new Scale(
          false,
          startAtZero ? Math.floor(low / step) * step : low,
          startAtZero ? Math.ceil(high / step) * step : high,
          from,
          to);
    }

    /** The same values on other pixels. */
    Scale between(double from, double to) {
      return new Scale(logarithmic, low, high, from, to);
    }

    double at(double value) {
      double share =
          logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
      return from + share * (to - from);
    }

    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      if (logarithmic) {
        boolean dense = high / low < 300;
        for (double power = Math.pow(10, Math.floor(Math.log10(low)));
            power <= high * 1.001;
            power *= 10) {
          for (double factor : dense ? new double[] {1, 2, 5} : new double[] {1}) {
            if (power * factor >= low * 0.999 && power * factor <= high * 1.001) {
              ticks.add(power * factor);
            }
          }
        }
        return ticks;
      }
      double step = step(low, high);
      for (double tick = Math.ceil(low / step) * step; tick <= high + step / 1000; tick += step) {
        ticks.add(Math.abs(tick) < step / 1000 ? 0 : tick);
      }
      return ticks;
    }

    /** The step of 1, 2 or 5 times a power of ten that gives four to nine ticks. */
    private static double step(double low, double high) {
      double rough = (high - low) / 5;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double digit = rough / power;
      return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
    }

    static String label(double value) {
      double size = Math.abs(value);
      if (size >= 1e9) {
        return Numbers.format(value / 1e9) + "G";
      }
      if (size >= 1e6) {
        return Numbers.format(value / 1e6) + "M";
      }
      return size >= 1e4 ? Numbers.format(value / 1e3) + "k" : Numbers.format(value);
    }
  }
}
