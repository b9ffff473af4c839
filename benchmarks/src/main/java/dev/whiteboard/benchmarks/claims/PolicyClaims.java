package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.caching.EvictionPolicy;
import dev.whiteboard.estimation.LruHitRatio;
import dev.whiteboard.estimation.Zipf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Claims about how much eviction policies differ when popularity does not change. */
final class PolicyClaims {
  private PolicyClaims() {}

  static List<Claim> all() {
    return List.of(sampledLruIsNearlyLru(), fifoIsMuchWorse(), lfuBeatsLru());
  }

  private static Claim sampledLruIsNearlyLru() {
    return new Claim(
        "C11",
        "caching",
        "LRU among five random entries is nearly LRU.",
        "Redis documentation, Key eviction",
        Verdict.TRUE,
        "In a large cache an entry that was used t requests ago is evicted by a miss with the probability k U(t)^(k-1) / C, where U is the "
            + "share of the cache that is younger; U, the survival S(t) and the miss ratio are solved for. k = 1 is random eviction, "
            + "k without bound is LRU and Che's formula.",
        "Five samples give most of what LRU has over random eviction, and ten nearly all; no list is kept and a hit writes one number.",
        List.of(
            Parameter.count("keys", 5000, 500, 20_000),
            Parameter.real("skew", 0.9, 0, 2),
            Parameter.count("capacity", 500, 50, 10_000),
            Parameter.count("samples", 5, 1, 50),
            Parameter.count("requests", 400_000, 200_000, 20_000_000)),
        settings -> {
          int keys = settings.count("keys");
          double skew = settings.real("skew");
          int capacity = Math.min(settings.count("capacity"), keys / 2);
          int samples = settings.count("samples");
          int[] requests =
              CacheTrials.requests(keys, skew, settings.count("requests"), Settings.random(11));
          double[] popularity = CacheTrials.popularity(keys, skew);
          double lru = CacheTrials.hitRatio(EvictionPolicy.lru(), capacity, requests);
          double tolerance = CacheTrials.tolerance(requests.length);
          double che = LruHitRatio.che(Zipf.of(keys, skew), capacity);
          List<Check> checks = new ArrayList<>();
          for (int k : new int[] {samples, 1, 10}) {
            SampledLru cache = new SampledLru(capacity, keys, k, Settings.random(12));
            checks.add(new Check(
                "hit ratio, best of " + k,
                SampledLru.expected(popularity, capacity, k),
                CacheTrials.hitRatio(cache::request, requests),
                tolerance));
          }
          checks.add(new Check("hit ratio, LRU", che, lru, tolerance));
          Check sampled = checks.get(0);
          checks.add(
              0,
              new Check(
                  "hit ratio, LRU less best of " + samples,
                  che - sampled.expected(),
                  lru - sampled.measured(),
                  tolerance));
          return new Outcome(checks, null);
        });
  }

  private static Claim fifoIsMuchWorse() {
    return new Claim(
        "C12",
        "caching",
        "FIFO and random eviction are much worse than LRU.",
        "Often said",
        Verdict.FALSE,
        "For independent requests FIFO and random eviction hit alike: sum(p pT / (1 + pT)), where T solves sum(pT / (1 + pT)) = places "
            + "(Gelenbe 1973; Fricker, Robert and Roberts 2012). LRU has 1 - exp(-pT) instead (Che).",
        "A few points on a steady popularity. A bit per entry brings most of them back (CLOCK), and what the wrong policy loses on scans "
            + "and changes is far more.",
        List.of(
            Parameter.count("keys", 10_000, 500, 20_000),
            Parameter.real("skew", 0.8, 0, 1.5),
            Parameter.real("cachedShare", 0.2, 0.01, 0.5),
            Parameter.count("requests", 300_000, 200_000, 20_000_000)),
        settings -> {
          int keys = settings.count("keys");
          double skew = settings.real("skew");
          int capacity = (int) (settings.real("cachedShare") * keys);
          int[] requests =
              CacheTrials.requests(keys, skew, settings.count("requests"), Settings.random(12));
          Zipf zipf = Zipf.of(keys, skew);
          double[] popularity = CacheTrials.popularity(keys, skew);
          IntToDoubleFunction lru = c -> CacheTrials.hitRatio(EvictionPolicy.lru(), c, requests);
          IntToDoubleFunction fifo = c -> CacheTrials.hitRatio(EvictionPolicy.fifo(), c, requests);
          IntToDoubleFunction random = c -> CacheTrials.hitRatio(
              new SampledLru(c, keys, 1, Settings.random(13))::request, requests);
          double che = LruHitRatio.che(zipf, capacity);
          double gelenbe = CacheTrials.fifo(popularity, capacity);
          double tolerance = CacheTrials.tolerance(requests.length);
          double fifoHits = fifo.applyAsDouble(capacity);
          double lruHits = lru.applyAsDouble(capacity);
          int[] sizes = CacheTrials.sizes(keys, 0.01, 0.6, 4);
          int[] fine = CacheTrials.sizes(keys, 0.01, 0.6, 20);
          return Outcome.of(
                  new Check(
                      "hit ratio, LRU less FIFO", che - gelenbe, lruHits - fifoHits, tolerance),
                  new Check("hit ratio, LRU", che, lruHits, tolerance),
                  new Check("hit ratio, FIFO", gelenbe, fifoHits, tolerance),
                  new Check(
                      "hit ratio, random", gelenbe, random.applyAsDouble(capacity), tolerance))
              .with(missRatios(
                  "Miss ratio of " + keys + " items, skew " + skew
                      + ": FIFO and random are close to LRU",
                  misses("LRU", Mark.DOTS, sizes, lru),
                  misses("Che", Mark.LINE, fine, c -> LruHitRatio.che(zipf, c)),
                  misses("FIFO", Mark.DOTS, sizes, fifo),
                  misses("random", Mark.DOTS, sizes, random),
                  misses("Gelenbe", Mark.LINE, fine, c -> CacheTrials.fifo(popularity, c))));
        });
  }

  private static Claim lfuBeatsLru() {
    return new Claim(
        "C13",
        "caching",
        "LFU beats LRU when popularity is skewed and does not change.",
        "Prateeshtalasu/SystemDesignGuide, Phase-04/04-cache-eviction-policies.md",
        Verdict.TRUE,
        "LRU hits as Che says. LFU comes closer and closer to holding the C most popular keys, H(C) / H(N) of the requests, which no "
            + "cache exceeds for long; after a finite time it is between the middle of the two and the bound.",
        "The smaller the cache, the larger the gain. Real traffic does change: see the claims about ageing and scans.",
        List.of(
            Parameter.count("keys", 10_000, 1000, 20_000),
            Parameter.real("skew", 0.8, 0.3, 1.5),
            Parameter.real("cachedShare", 0.01, 0.005, 0.1),
            Parameter.count("requests", 400_000, 300_000, 20_000_000)),
        settings -> {
          int keys = settings.count("keys");
          double skew = settings.real("skew");
          int capacity = (int) (settings.real("cachedShare") * keys);
          int[] requests =
              CacheTrials.requests(keys, skew, settings.count("requests"), Settings.random(15));
          Zipf zipf = Zipf.of(keys, skew);
          IntToDoubleFunction lru = c -> CacheTrials.hitRatio(EvictionPolicy.lru(), c, requests);
          IntToDoubleFunction lfu = c -> CacheTrials.hitRatio(EvictionPolicy.lfu(), c, requests);
          double che = LruHitRatio.che(zipf, capacity);
          double best = zipf.shareOfTop(capacity);
          double tolerance = CacheTrials.tolerance(requests.length);
          int[] sizes = CacheTrials.sizes(keys, 0.01, 0.6, 4);
          int[] fine = CacheTrials.sizes(keys, 0.01, 0.6, 20);
          double lruHits = lru.applyAsDouble(capacity);
          double lfuHits = lfu.applyAsDouble(capacity);
          return Outcome.of(
                  Trials.within(
                      "hit ratio, LFU less LRU",
                      (best - che) / 2,
                      best - che,
                      lfuHits - lruHits,
                      tolerance),
                  Trials.within("hit ratio, LFU", (best + che) / 2, best, lfuHits, tolerance),
                  new Check("hit ratio, LRU", che, lruHits, tolerance))
              .with(missRatios(
                  "Miss ratio of " + keys + " items, skew " + skew
                      + ": LFU is between LRU and the bound",
                  misses("LRU", Mark.DOTS, sizes, lru),
                  misses("Che", Mark.LINE, fine, c -> LruHitRatio.che(zipf, c)),
                  misses("LFU", Mark.DOTS, sizes, lfu),
                  misses("most popular", Mark.LINE, fine, zipf::shareOfTop)));
        });
  }

  private static Chart missRatios(String title, Series... series) {
    return new Chart(
        title, Axis.log("cache size, items"), Axis.linear("miss ratio"), List.of(series));
  }

  private static Series misses(String name, Mark mark, int[] sizes, IntToDoubleFunction hitRatio) {
    return Series.of(
        name,
        mark,
        CacheTrials.asDoubles(sizes),
        Arrays.stream(sizes)
            .mapToDouble(size -> 1 - hitRatio.applyAsDouble(size))
            .toArray());
  }
}
