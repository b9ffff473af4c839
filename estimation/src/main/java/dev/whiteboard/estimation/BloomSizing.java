package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The size of a Bloom filter, which answers "not there" or "perhaps".
 *
 * <p><b>Idea.</b> Each item sets one bit for each hash function; k = log₂ (1 / p) functions on n ln (1 / p) / ln² 2 bits leave half
 * of them unset and let a share p of absent items pass. B. H. Bloom, <i>Space/Time Trade-offs in Hash Coding with Allowable
 * Errors</i>, CACM 13(7), 1970. The numbers agree with Guava's {@code BloomFilter}, but for bits, which are rounded up here.
 *
 * <p><b>Domain.</b> Independent hash functions. The true rate of small filters is a little higher: P. Bose and others, <i>On
 * the False-Positive Rate of Bloom Filters</i>, 2008.
 *
 * <p><b>Cost.</b> A few operations. <b>Thread safety.</b> Stateless.
 */
public final class BloomSizing {
  private static final double LN_2 = Math.log(2);

  private BloomSizing() {}

  /**
   * Returns the bits for a number of items.
   *
   * @param items at least 0
   * @param falsePositiveRate share of absent items that may pass, in (0, 1]
   * @return bits, rounded up, at least 1; {@link Long#MAX_VALUE} if there would be more
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static long bits(long items, double falsePositiveRate) {
    checkItems(items);
    Checks.positiveShare(falsePositiveRate, "falsePositiveRate");
    double bits = Math.ceil(-items * Math.log(falsePositiveRate) / (LN_2 * LN_2));
    return Math.max(1, (long) bits);
  }

  /**
   * Returns the number of hash functions.
   *
   * @param falsePositiveRate share of absent items that may pass, in (0, 1]
   * @return hash functions, rounded to the nearest number, at least 1
   * @throws IllegalArgumentException if {@code falsePositiveRate} is out of range
   */
  public static int hashFunctions(double falsePositiveRate) {
    Checks.positiveShare(falsePositiveRate, "falsePositiveRate");
    return Math.max(1, (int) Math.round(-Math.log(falsePositiveRate) / LN_2));
  }

  /**
   * Returns how many absent items pass a filter as it is, for example after more items than planned.
   *
   * @param items that were added, at least 0
   * @param bits of the filter, at least 1
   * @param hashFunctions for each item, at least 1
   * @return (1 − e^(−k n / m))^k, a share of absent items
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double falsePositiveRate(long items, long bits, int hashFunctions) {
    checkItems(items);
    checkArgument(bits >= 1, "bits must be >= 1, was %s", bits);
    Checks.atLeastOne(hashFunctions, "hashFunctions");
    double set = -Math.expm1(-hashFunctions * ((double) items / bits));
    return Math.pow(set, hashFunctions);
  }

  private static void checkItems(long items) {
    checkArgument(items >= 0, "items must be >= 0, was %s", items);
  }
}
