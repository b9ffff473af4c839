package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Point;
import dev.whiteboard.benchmarks.render.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** When requests passed, in order of time. */
final class Admissions {
  static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final List<Long> times = new ArrayList<>();

  void add(long nanos) {
    times.add(nanos);
  }

  /** The largest number that lies within so many nanoseconds of each other. */
  int mostWithin(long nanos) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < times.size(); last++) {
      while (times.get(last) - times.get(first) > nanos) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /** The shortest time from one to the next. */
  long smallestGap() {
    long smallest = Long.MAX_VALUE;
    for (int i = 1; i < times.size(); i++) {
      smallest = Math.min(smallest, times.get(i) - times.get(i - 1));
    }
    return smallest;
  }

  /** The number so far over the milliseconds from {@code fromMillis} to {@code toMillis}, as stairs. */
  Series stairs(String name, double fromMillis, double toMillis) {
    List<Point> points = new ArrayList<>();
    points.add(new Point(fromMillis, 0));
    for (int i = 0; i < times.size() && times.get(i) <= toMillis * MILLI; i++) {
      double millis = times.get(i) / (double) MILLI;
      points.add(new Point(millis, i));
      points.add(new Point(millis, i + 1));
    }
    points.add(new Point(toMillis, points.get(points.size() - 1).y()));
    return new Series(name, Mark.LINE, points);
  }

  /** How many passed in the latest {@code windowMillis}, at each millisecond. */
  Series latest(String name, int windowMillis, int fromMillis, int toMillis) {
    List<Point> points = new ArrayList<>();
    int first = 0;
    int next = 0;
    for (int ms = fromMillis; ms <= toMillis; ms++) {
      while (next < times.size() && times.get(next) <= ms * MILLI) {
        next++;
      }
      while (first < next && times.get(first) <= (ms - windowMillis) * MILLI) {
        first++;
      }
      points.add(new Point(ms, next - first));
    }
    return new Series(name, Mark.LINE, points);
  }
}
