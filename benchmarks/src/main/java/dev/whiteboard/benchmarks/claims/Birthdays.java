package dev.whiteboard.benchmarks.claims;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** How soon things collide that are drawn at random from a number of values. */
final class Birthdays {
  private Birthdays() {}

  /** The expected number of pairs of equal draws: each of the n (n - 1) / 2 pairs is equal with probability 1 / values. */
  static double pairs(double draws, double values) {
    return draws * (draws - 1) / 2 / values;
  }

  /** The probability of any two equal draws, with a relative error of about draws / values. */
  static double probability(double draws, double values) {
    return -Math.expm1(-pairs(draws, values));
  }

  /** The number of draws after which two are equal with probability 1/2. */
  static double drawsForHalf(double values) {
    return Math.sqrt(2 * Math.log(2) * values);
  }

  /** The probability of any two equal draws, as a product and without an approximation. */
  static double exactProbability(int draws, double values) {
    double logOfNone = 0;
    for (int i = 1; i < draws; i++) {
      logOfNone += Math.log1p(-i / values);
    }
    return -Math.expm1(logOfNone);
  }

  /** Counts the pairs of equal draws. */
  static long countPairs(int draws, LongSupplier draw) {
    long[] values = new long[draws];
    Arrays.setAll(values, i -> draw.getAsLong());
    Arrays.sort(values);
    long pairs = 0;
    int run = 0;
    for (int i = 1; i < draws; i++) {
      run = values[i] == values[i - 1] ? run + 1 : 0;
      pairs += run;
    }
    return pairs;
  }

  /** The share of trials in which any two draws are equal. */
  static double shareWithEqual(int trials, int draws, LongSupplier draw) {
    return Trials.mean(trials, trial -> {
      Set<Long> seen = new HashSet<>();
      for (int i = 0; i < draws; i++) {
        if (!seen.add(draw.getAsLong())) {
          return 1;
        }
      }
      return 0;
    });
  }
}
