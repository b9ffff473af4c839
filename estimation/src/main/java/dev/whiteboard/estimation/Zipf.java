package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Popularity that falls with a power of the rank: the item of rank k is asked for in proportion to 1 / k^s.
 *
 * <p><b>Idea.</b> All questions come down to generalised harmonic numbers, the sums of k^-s. The first ranks are added up; the
 * rest is an integral with two Euler–Maclaurin corrections, so 10^12 items cost as much as a hundred. G. K. Zipf,
 * <i>Human Behavior and the Principle of Least Effort</i>, 1949; for web caches L. Breslau and others, <i>Web Caching and
 * Zipf-like Distributions</i>, INFOCOM 1999, who find s between 0.64 and 0.83.
 *
 * <p><b>Cost.</b> Shares and probabilities take at most 64 powers and are within 1e-9 of the sum. {@link #distinctKeys} visits
 * about 33 bins for each factor e of ranks and is within 1e-4 of the sum for exponents up to 2. <b>Thread safety.</b> Immutable.
 */
public final class Zipf {
  /** With 64 ranks added up, the first correction left out is below 1e-13 of the sum for every exponent. */
  private static final int SUMMED = 64;

  /** Ranks in a bin differ by at most 3 %; bins of more than one begin at rank 67, where {@link #sum} may be used. */
  private static final double BIN_WIDTH = 0.03;

  private final double items;
  private final double exponent;
  private final double total;

  /** Takes a double because a capacity plan may hold more objects than a {@code long} counts. */
  Zipf(double items, double exponent) {
    this.items = items;
    this.exponent = exponent;
    total = harmonic(items);
  }

  /**
   * Returns a distribution.
   *
   * @param items number of items, at least 1
   * @param exponent the skew s, finite and at least 0; 0 makes all items equally popular
   * @return the distribution
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Zipf of(long items, double exponent) {
    checkArgument(items >= 1, "items must be >= 1, was %s", items);
    return new Zipf((double) items, Checks.nonNegative(exponent, "exponent"));
  }

  /**
   * Returns how likely a request is for one item.
   *
   * @param rank the item's place in order of popularity, in [1, items]
   * @return its share of all requests
   * @throws IllegalArgumentException if {@code rank} is out of range
   */
  public double probability(long rank) {
    checkArgument(
        rank >= 1 && rank <= items, "rank must be in [1, %s], was %s", (long) items, rank);
    return power((double) rank) / total;
  }

  /**
   * Returns how many requests the most popular items draw; no cache of that many items has a higher hit ratio.
   *
   * @param count how many of the most popular items, in [0, items]
   * @return their share of all requests
   * @throws IllegalArgumentException if {@code count} is out of range
   */
  public double shareOfTop(long count) {
    checkArgument(
        count >= 0 && count <= items, "count must be in [0, %s], was %s", (long) items, count);
    return harmonic((double) count) / total;
  }

  /**
   * Returns how many different items a number of requests touches.
   *
   * @param draws independent requests, finite and at least 0
   * @return the expected number of distinct items, Σ 1 − (1 − p)^draws; {@code draws} itself up to one
   * @throws IllegalArgumentException if {@code draws} is out of range
   */
  public double distinctKeys(double draws) {
    Checks.nonNegative(draws, "draws");
    if (draws <= 1) {
      return draws;
    }
    return popularity().sum(p -> -Math.expm1(draws * Math.log1p(-p)));
  }

  /** All items: the first ranks one by one, the rest in bins that keep both their number and their probability. */
  Popularity popularity() {
    Popularity.Builder bins = new Popularity.Builder();
    double rank = 1;
    while (rank <= items) {
      double next = Math.min(rank + Math.max(1, Math.floor(rank * BIN_WIDTH)), items + 1);
      if (next <= rank) {
        break; // above 2^53 items + 1 is items, and the last bin has taken them all
      }
      double count = next - rank;
      bins.add(count, (count == 1 ? power(rank) : sum(rank, next - 1) / count) / total);
      rank = next;
    }
    return bins.build();
  }

  private double harmonic(double count) {
    double sum = 0;
    for (double rank = Math.min(count, SUMMED); rank >= 1; rank--) {
      sum += power(rank);
    }
    return count > SUMMED ? sum + sum(SUMMED + 1, count) : sum;
  }

  /** Σ k^-s for k from {@code first} to {@code last} by Euler–Maclaurin; {@code first} is above 64. */
  private double sum(double first, double last) {
    double atFirst = power(first);
    double atLast = power(last);
    double log = Math.log(last / first);
    double t = (1 - exponent) * log;
    double integral = first * atFirst * log * (Math.abs(t) < 1e-300 ? 1 : Math.expm1(t) / t);
    double slopes = exponent * (atFirst / first - atLast / last);
    double thirdDerivatives = exponent
        * (exponent + 1)
        * (exponent + 2)
        * (atFirst / first / first / first - atLast / last / last / last);
    return integral + (atFirst + atLast) / 2 + slopes / 12 - thirdDerivatives / 720;
  }

  private double power(double rank) {
    return Math.pow(rank, -exponent);
  }
}
