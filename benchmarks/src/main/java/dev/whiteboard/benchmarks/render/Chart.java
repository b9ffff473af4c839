package dev.whiteboard.benchmarks.render;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What a picture shows; {@link Svg} draws it.
 *
 * @param title what is seen, as a sentence where possible
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series what is drawn, at least one
 */
public record Chart(String title, Axis x, Axis y, List<Series> series) {
  public Chart {
    series = List.copyOf(series);
    checkArgument(!series.isEmpty(), "series must not be empty");
  }

  /**
   * An axis.
   *
   * @param label what is counted, with its unit
   * @param logarithmic whether equal steps are equal factors; then all values are positive
   */
  public record Axis(String label, boolean logarithmic) {
    /** An axis with equal steps. */
    public static Axis linear(String label) {
      return new Axis(label, false);
    }

    /** An axis with equal factors. */
    public static Axis log(String label) {
      return new Axis(label, true);
    }
  }

  /** How a series is drawn: theory as a line, measurements as dots, amounts of a few things as bars from zero. */
  public enum Mark {
    LINE,
    DOTS,
    LINE_AND_DOTS,
    BARS
  }

  /**
   * Points that belong together.
   *
   * @param name what the legend calls it
   * @param mark how it is drawn
   * @param points pairs of x and y in the order of drawing
   */
  public record Series(String name, Mark mark, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }

    /** A series from two arrays of the same length. */
    public static Series of(String name, Mark mark, double[] xs, double[] ys) {
      checkArgument(xs.length == ys.length, "ys must have %s values, had %s", xs.length, ys.length);
      Point[] points = new Point[xs.length];
      Arrays.setAll(points, i -> new Point(xs[i], ys[i]));
      return new Series(name, mark, List.of(points));
    }
  }

  /** One point. */
  public record Point(double x, double y) {}

  DoubleStream xs() {
    return series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::x);
  }

  DoubleStream ys() {
    return series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::y);
  }
}
