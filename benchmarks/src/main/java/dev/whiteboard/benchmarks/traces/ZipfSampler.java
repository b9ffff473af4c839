package dev.whiteboard.benchmarks.traces;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws items, numbered from 0, of which number {@code i} is asked for in proportion to {@code (i + 1)^-skew}. */
public final class ZipfSampler {
  private final double[] cumulative;
  private final RandomGenerator random;

  /**
   * Prepares to draw.
   *
   * @param items how many there are, at least 1
   * @param skew the exponent, at least 0 (all alike)
   * @param random where the randomness comes from
   */
  public ZipfSampler(int items, double skew, RandomGenerator random) {
    checkArgument(items >= 1, "items must be >= 1, was %s", items);
    checkArgument(skew >= 0, "skew must be >= 0, was %s", skew);
    this.random = random;
    cumulative = new double[items];
    Arrays.setAll(cumulative, i -> Math.pow(i + 1, -skew));
    Arrays.parallelPrefix(cumulative, Double::sum);
  }

  /** Draws one item, in O(log items). */
  public int next() {
    double drawn = random.nextDouble() * cumulative[cumulative.length - 1];
    int at = Arrays.binarySearch(cumulative, drawn);
    return Math.min(at < 0 ? ~at : at + 1, cumulative.length - 1);
  }
}
