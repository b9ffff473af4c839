package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.benchmarks.traces.ZipfSampler;
import dev.whiteboard.caching.LruCache;
import dev.whiteboard.estimation.LruHitRatio;
import dev.whiteboard.estimation.Zipf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Claims about caches. */
final class CachingClaims {
  private CachingClaims() {}

  static List<Claim> all() {
    return List.of(lruSuffersFromScans(), chePredictsLru());
  }

  private static Claim lruSuffersFromScans() {
    return new Claim(
        "C03",
        "caching",
        "LRU suffers from scans.",
        "Prateeshtalasu/SystemDesignGuide, Phase-04/04-cache-eviction-policies.md",
        Verdict.TRUE,
        "A loop over capacity + 1 keys always asks for the key that was just dropped: no hit at all. A scan that takes the share "
            + "s of the traffic takes its room in the cache: the hit ratio is Che's, with the scanned keys among the items.",
        "\"LFU is scan-proof\" is no remedy by itself: with ties broken by age, LFU gets no hit from that loop either.",
        List.of(
            Parameter.count("capacity", 1000, 10, 100_000),
            Parameter.count("keys", 10_000, 100, 1_000_000),
            Parameter.real("skew", 0.9, 0, 3),
            Parameter.real("scanShare", 0.2, 0.01, 0.9),
            Parameter.count("requests", 600_000, 10_000, 20_000_000)),
        settings -> {
          int capacity = settings.count("capacity");
          int keys = settings.count("keys");
          int requests = settings.count("requests");
          double scanShare = settings.real("scanShare");
          RandomGenerator random = Settings.random(3);
          ZipfSampler popular = new ZipfSampler(keys, settings.real("skew"), random);
          int[] position = {0};
          // Scanned keys lie above the popular ones, and the scan is long enough never to come back
          // within the run.
          double measured = hitRatio(
              capacity,
              requests,
              () -> random.nextDouble() < scanShare ? keys + position[0]++ : popular.next());
          double withoutScan = hitRatio(capacity, requests, popular::next);
          Zipf zipf = Zipf.of(keys, settings.real("skew"));
          double[] weights = withScan(zipf, keys, scanShare, 100 * capacity);
          return Outcome.of(
              new Check("hits of a loop over capacity + 1", 0, loopHits(capacity), 0),
              new Check(
                  "hit ratio with the scan",
                  LruHitRatio.che(weights, capacity),
                  measured,
                  tolerance(requests)),
              new Check(
                  "hit ratio without it",
                  LruHitRatio.che(zipf, capacity),
                  withoutScan,
                  tolerance(requests)));
        });
  }

  private static Claim chePredictsLru() {
    return new Claim(
        "C05",
        "caching",
        "Che's approximation predicts the hit ratio of an LRU cache.",
        "Che, Tung and Wang, Hierarchical Web Caching Systems, JSAC 20(7), 2002",
        Verdict.TRUE,
        "An item of popularity p hits with probability 1 - exp(-p T), where the characteristic time T solves "
            + "sum(1 - exp(-p T)) = cache items.",
        "It holds for requests that are independent of each other; loops and scans are not.",
        List.of(
            Parameter.count("keys", 10_000, 100, 1_000_000),
            Parameter.count("requests", 500_000, 10_000, 20_000_000)),
        settings -> {
          int keys = settings.count("keys");
          int requests = settings.count("requests");
          List<Check> checks = new ArrayList<>();
          List<Series> series = new ArrayList<>();
          for (double skew : new double[] {0.6, 0.9, 1.2}) {
            Zipf zipf = Zipf.of(keys, skew);
            double[] sizes = {0.01 * keys, 0.03 * keys, 0.1 * keys, 0.3 * keys};
            double[] measured = Arrays.stream(sizes)
                .map(size ->
                    hitRatio((int) size, requests, new ZipfSampler(keys, skew, Settings.random((int)
                        (10 * skew)))::next))
                .toArray();
            for (int i = 0; i < sizes.length; i++) {
              checks.add(new Check(
                  "hit ratio, skew " + skew + ", " + (int) sizes[i] + " of " + keys,
                  LruHitRatio.che(zipf, (int) sizes[i]),
                  measured[i],
                  tolerance(requests)));
            }
            double[] fine = IntStream.rangeClosed(0, 30)
                .mapToDouble(i -> 0.01 * keys * Math.pow(30, i / 30.0))
                .toArray();
            series.add(Series.of("skew " + skew + ", LruCache", Mark.DOTS, sizes, measured));
            series.add(Series.of(
                "skew " + skew + ", Che",
                Mark.LINE,
                fine,
                Arrays.stream(fine).map(size -> LruHitRatio.che(zipf, size)).toArray()));
          }
          return new Outcome(checks, null)
              .with(new Chart(
                  "Hit ratio of an LRU cache over " + keys + " items: predicted and measured",
                  Axis.log("cache size, items"),
                  Axis.linear("hit ratio"),
                  series));
        });
  }

  /** Four standard deviations of a ratio over that many requests (at most 1/2 each), and Che's own error of 0.002. */
  private static double tolerance(int requests) {
    return 4 * 0.5 / Math.sqrt(requests) + 0.002;
  }

  /** Popularity of {@code keys} Zipf items, and of a scan over so many more that it hardly ever hits. */
  private static double[] withScan(Zipf zipf, int keys, double scanShare, int scanned) {
    double[] weights = new double[keys + scanned];
    Arrays.fill(weights, scanShare / scanned);
    Arrays.setAll(weights, i -> i < keys ? (1 - scanShare) * zipf.probability(i + 1) : weights[i]);
    return weights;
  }

  private static double loopHits(int capacity) {
    LruCache<Integer, Boolean> cache = LruCache.create(capacity);
    for (int i = 0; i < 5 * capacity; i++) {
      cache.get(i % (capacity + 1), key -> true);
    }
    return cache.stats().hits();
  }

  /** The hit ratio of the second half of the requests; the first half fills the cache. */
  private static double hitRatio(int capacity, int requests, IntSupplier keys) {
    LruCache<Integer, Boolean> cache = LruCache.create(capacity);
    for (int i = 0; i < requests; i++) {
      cache.get(keys.getAsInt(), key -> true);
    }
    long hitsBefore = cache.stats().hits();
    for (int i = 0; i < requests; i++) {
      cache.get(keys.getAsInt(), key -> true);
    }
    return (double) (cache.stats().hits() - hitsBefore) / requests;
  }
}
