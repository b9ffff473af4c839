package dev.whiteboard.benchmarks.designs.image;

import com.google.common.math.Quantiles;
import dev.whiteboard.benchmarks.designs.OpenLoop.Answer;
import dev.whiteboard.benchmarks.designs.OpenLoop.Result;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Point;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.estimation.LruHitRatio;
import dev.whiteboard.estimation.Zipf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pictures of a run of the image service. */
final class ImageCharts {
  private static final double SLICES_PER_SECOND = 4;

  private ImageCharts() {}

  static Chart hitRatio(Zipf zipf, int images, double cached, double measured) {
    double[] sizes = IntStream.rangeClosed(0, 40)
        .mapToDouble(i -> 100 * Math.pow(images / 100.0, i / 40.0))
        .toArray();
    return new Chart(
        "The cache: predicted curve, and the size that the plan chose",
        Axis.log("cache size, images"),
        Axis.linear("hit ratio"),
        List.of(
            Series.of(
                "Che's prediction",
                Mark.LINE,
                sizes,
                Arrays.stream(sizes).map(size -> LruHitRatio.che(zipf, size)).toArray()),
            new Series("measured", Mark.DOTS, List.of(new Point(cached, measured)))));
  }

  /** A bar for each node at each moment; a node that is not there has none. */
  static Chart bytes(Map<String, Map<String, Long>> bytesByNodeByMoment) {
    List<String> nodes = bytesByNodeByMoment.values().stream()
        .flatMap(bytes -> bytes.keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .toList();
    double[] places = IntStream.rangeClosed(1, nodes.size()).asDoubleStream().toArray();
    List<Series> series = new ArrayList<>();
    bytesByNodeByMoment.forEach((moment, bytes) -> series.add(Series.of(
        moment,
        Mark.BARS,
        places,
        nodes.stream().mapToDouble(node -> bytes.getOrDefault(node, 0L) / 1e6).toArray())));
    return new Chart(
        "Bytes on each storage node", Axis.linear("storage node"), Axis.linear("MB"), series);
  }

  /** How long reads took, each counted where it was due. */
  static Chart latency(Result reads) {
    Map<Integer, List<Double>> millisBySlice = new TreeMap<>();
    for (Answer answer : reads.answers()) {
      millisBySlice
          .computeIfAbsent((int) (answer.dueSeconds() * SLICES_PER_SECOND), i -> new ArrayList<>())
          .add(1000 * answer.latencySeconds());
    }
    return new Chart(
        "Reads while a storage node joins and another is lost",
        Axis.linear("seconds"),
        Axis.log("latency, ms"),
        List.of(percentile(millisBySlice, 50), percentile(millisBySlice, 99)));
  }

  private static Series percentile(Map<Integer, List<Double>> millisBySlice, int percentile) {
    List<Point> points = new ArrayList<>();
    millisBySlice.forEach((slice, millis) -> points.add(new Point(
        (slice + 0.5) / SLICES_PER_SECOND,
        Quantiles.percentiles().index(percentile).compute(millis))));
    return new Series("p" + percentile, Mark.LINE, points);
  }
}
