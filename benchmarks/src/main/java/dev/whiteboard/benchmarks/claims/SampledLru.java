package dev.whiteboard.benchmarks.claims;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A cache of small numbers that evicts the least recently used of a few random entries, as Redis does. With one sample it
 * evicts at random.
 */
final class SampledLru {
  private static final int STEPS = 1000;

  private final int[] entries;
  private final int[] lastUses;
  private final boolean[] cached;
  private final int samples;
  private final RandomGenerator random;
  private int size;
  private int now;

  /** Creates an empty cache of keys in [0, keys). */
  SampledLru(int capacity, int keys, int samples, RandomGenerator random) {
    entries = new int[capacity];
    lastUses = new int[keys];
    cached = new boolean[keys];
    this.samples = samples;
    this.random = random;
  }

  /** Requests a key, and tells whether it was cached. */
  boolean request(int key) {
    lastUses[key] = ++now;
    if (cached[key]) {
      return true;
    }
    cached[key] = true;
    int place = size < entries.length ? size++ : victim();
    entries[place] = key;
    return false;
  }

  private int victim() {
    int oldest = random.nextInt(entries.length);
    for (int i = 1; i < samples; i++) {
      int place = random.nextInt(entries.length);
      if (lastUses[entries[place]] < lastUses[entries[oldest]]) {
        oldest = place;
      }
    }
    cached[entries[oldest]] = false;
    return oldest;
  }

  /**
   * The hit ratio for independent requests of large caches. An entry that was used t requests ago is still there with the
   * probability S(t), so U(t), the share of the cache that is younger than t, grows by Σ p e^(−pt) S(t) / capacity. A
   * miss evicts it if it is the oldest of k samples: S falls at the rate m k U(t)^(k−1) / capacity, where m is the miss
   * ratio that makes U reach 1.
   *
   * @param popularity the probability of each key
   */
  static double expected(double[] popularity, int capacity, int samples) {
    double[] times = new double[STEPS];
    Arrays.setAll(
        times,
        i -> 0.001 * capacity * Math.pow(1e6 * popularity.length / capacity, i / (STEPS - 1.0)));
    double[] uses = Arrays.stream(times)
        .map(time -> Arrays.stream(popularity).map(p -> p * Math.exp(-p * time)).sum())
        .toArray();
    double low = 0;
    double high = 1;
    while (high - low > 1e-6) {
      double misses = (low + high) / 2;
      if (occupied(times, uses, misses / capacity, capacity, samples) > 1) {
        low = misses;
      } else {
        high = misses;
      }
    }
    return 1 - (low + high) / 2;
  }

  /** U at the end of time: above 1 if so few misses evict too little. */
  private static double occupied(
      double[] times, double[] uses, double evictions, int capacity, int samples) {
    double younger = 0;
    double logSurvival = 0;
    double timeBefore = 0;
    double usesBefore = 1; // the sum of all p
    for (int i = 0; i < times.length; i++) {
      double step = times[i] - timeBefore;
      double halfOfStep = (usesBefore + uses[i]) / 2 * step / 2 / capacity;
      double middle = younger + halfOfStep * Math.exp(logSurvival);
      logSurvival -= evictions * samples * Math.pow(Math.min(middle, 2), samples - 1) * step;
      younger = middle + halfOfStep * Math.exp(logSurvival);
      timeBefore = times[i];
      usesBefore = uses[i];
    }
    return younger;
  }
}
