package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.traces.ZipfSampler;
import dev.whiteboard.caching.CacheSimulator;
import dev.whiteboard.caching.EvictionPolicy;
import dev.whiteboard.estimation.Zipf;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What experiments with caches do: draw requests, replay them, and compare with the laws of independent requests. */
final class CacheTrials {
  private CacheTrials() {}

  /** Independent requests for the keys 0, 1, ..., the most popular first. */
  static int[] requests(int keys, double skew, int count, RandomGenerator random) {
    ZipfSampler sampler = new ZipfSampler(keys, skew, random);
    return IntStream.generate(sampler::next).limit(count).toArray();
  }

  /** The hit ratio of a policy after the first half of the requests, which fills the cache. */
  static double hitRatio(EvictionPolicy policy, int capacity, int[] requests) {
    CacheSimulator cache = CacheSimulator.of(policy, capacity);
    return hitRatio(cache::request, requests);
  }

  /** The same for a cache that tells whether it had the key. */
  static double hitRatio(IntPredicate cache, int[] requests) {
    int half = requests.length / 2;
    int hits = 0;
    for (int i = 0; i < requests.length; i++) {
      boolean hit = cache.test(requests[i]);
      if (hit && i >= half) {
        hits++;
      }
    }
    return (double) hits / (requests.length - half);
  }

  /** Four standard deviations of a hit ratio over half of the requests (at most 1/2 each), and 0.002 for the formulas. */
  static double tolerance(int requests) {
    return 4 * 0.5 / Math.sqrt(requests / 2.0) + 0.002;
  }

  /** The probability of each key, the most popular first. */
  static double[] popularity(int keys, double skew) {
    Zipf zipf = Zipf.of(keys, skew);
    return IntStream.rangeClosed(1, keys).mapToDouble(zipf::probability).toArray();
  }

  /**
   * The hit ratio of FIFO, which is that of random eviction: a key is cached with the probability pT / (1 + pT), where T is
   * such that the cache is full. Gelenbe 1973; Fricker, Robert and Roberts, ITC 2012.
   */
  static double fifo(double[] popularity, int capacity) {
    double low = 0;
    double high = 1;
    while (cached(popularity, high) < capacity) {
      high *= 2;
    }
    for (int i = 0; i < 50; i++) {
      double middle = (low + high) / 2;
      if (cached(popularity, middle) < capacity) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double time = high;
    return Arrays.stream(popularity).map(p -> p * (p * time / (1 + p * time))).sum();
  }

  private static double cached(double[] popularity, double time) {
    return Arrays.stream(popularity).map(p -> p * time / (1 + p * time)).sum();
  }

  /** Sizes from a share of all keys to another, in equal factors. */
  static int[] sizes(int keys, double from, double to, int count) {
    return IntStream.range(0, count)
        .map(i ->
            (int) Math.max(1, Math.round(keys * from * Math.pow(to / from, i / (count - 1.0)))))
        .toArray();
  }

  static double[] asDoubles(int[] values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }
}
