package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * The hit ratio of an LRU cache, from how popular its items are.
 *
 * <p><b>Idea.</b> An item stays in an LRU cache for about the same time T after each request, T being such that the cache is
 * full: Σ 1 − e^(−pT) is its size. The item is found if it is asked for again within T, so the hit ratio is
 * Σ p (1 − e^(−pT)). H. Che, Y. Tung and Z. Wang, <i>Hierarchical Web Caching Systems</i>, IEEE JSAC 20(7), 2002; why it is
 * so close: C. Fricker, P. Robert and J. Roberts, <i>A Versatile and Accurate Approximation for LRU Cache Performance</i>,
 * ITC 2012.
 *
 * <p><b>Domain.</b> Items of one size, requests independent of one another. Requests that cluster in time hit more often.
 *
 * <p><b>Cost.</b> Some 20 to 80 passes over the items, which for {@link Zipf} are about a thousand bins however many items there are.
 * <b>Thread safety.</b> Stateless.
 */
public final class LruHitRatio {
  /** A time after which no item of any popularity above 0 is missing. */
  private static final double FOREVER = 0x1p1000;

  /** Newton's method takes some 10 to 40 steps; this only ends what rounding might keep going. */
  private static final int MAX_STEPS = 1000;

  private LruHitRatio() {}

  /**
   * Returns the hit ratio of a cache.
   *
   * @param popularity what is asked for
   * @param cacheItems items that the cache holds, finite and at least 0
   * @return the share of requests that it serves; 1 if it holds all items
   * @throws IllegalArgumentException if {@code cacheItems} is out of range
   */
  public static double che(Zipf popularity, double cacheItems) {
    return hitRatio(requireNonNull(popularity, "popularity").popularity(), cacheItems);
  }

  /**
   * Returns the hit ratio of a cache.
   *
   * @param weights how often each item is asked for, in any unit: finite, at least 0, and not all 0
   * @param cacheItems items that the cache holds, finite and at least 0
   * @return the share of requests that it serves; 1 if it holds all items that are asked for
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double che(double[] weights, double cacheItems) {
    return hitRatio(popularity(weights), cacheItems);
  }

  /**
   * Returns the size that a cache needs; the inverse of {@link #che(Zipf, double)}.
   *
   * @param popularity what is asked for
   * @param target the hit ratio to reach, in [0, 1]
   * @return the number of items
   * @throws IllegalArgumentException if {@code target} is out of range
   */
  public static double itemsForHitRatio(Zipf popularity, double target) {
    return itemsForHitRatio(requireNonNull(popularity, "popularity").popularity(), target);
  }

  /**
   * Returns the size that a cache needs; the inverse of {@link #che(double[], double)}.
   *
   * @param weights how often each item is asked for, in any unit: finite, at least 0, and not all 0
   * @param target the hit ratio to reach, in [0, 1]
   * @return the number of items
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double itemsForHitRatio(double[] weights, double target) {
    return itemsForHitRatio(popularity(weights), target);
  }

  private static double hitRatio(Popularity popularity, double cacheItems) {
    Checks.nonNegative(cacheItems, "cacheItems");
    if (cacheItems >= popularity.items()) {
      return 1;
    }
    double time = solve(popularity, p -> 1, cacheItems);
    return popularity.asked(p -> p, time).sum();
  }

  private static double itemsForHitRatio(Popularity popularity, double target) {
    Checks.share(target, "target");
    if (target == 1) {
      return popularity.items();
    }
    double time = solve(popularity, p -> p, target);
    return popularity.asked(p -> 1, time).sum();
  }

  /**
   * The time T at which Σ w(p) (1 − e^(−pT)) reaches the target: the number of items asked for if w is 1, their share of
   * requests if w is p. A huge time if rounding keeps it from that.
   *
   * <p>The sum is concave in T, so Newton's steps from 0 never pass the solution, but for rounding, which ends them.
   */
  private static double solve(Popularity popularity, DoubleUnaryOperator weight, double target) {
    double time = 0;
    for (int step = 0; step < MAX_STEPS; step++) {
      Popularity.Asked asked = popularity.asked(weight, time);
      double next = Math.min(time + (target - asked.sum()) / asked.slope(), FOREVER);
      if (!(next > time * (1 + 1e-12))) {
        break;
      }
      time = next;
    }
    return time;
  }

  private static Popularity popularity(double[] weights) {
    double total = DoubleStream.of(requireNonNull(weights, "weights"))
        .map(weight -> Checks.nonNegative(weight, "weight"))
        .sum();
    checkArgument(
        total > 0 && total < Double.POSITIVE_INFINITY,
        "the sum of weights must be finite and > 0, was %s",
        total);
    Popularity.Builder items = new Popularity.Builder();
    for (double weight : weights) {
      if (weight > 0) {
        items.add(1, weight / total);
      }
    }
    return items.build();
  }
}
