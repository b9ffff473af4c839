package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.caching.CacheSimulator;
import dev.whiteboard.caching.EvictionPolicy;
import dev.whiteboard.estimation.LruHitRatio;
import dev.whiteboard.estimation.Zipf;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Claims about how large a cache has to be, and what it is worth. */
final class CacheSizeClaims {
  private static final double[] SKEWS = {0, 0.3, 0.6, 0.8, 1, 1.2};

  private CacheSizeClaims() {}

  static List<Claim> all() {
    return List.of(eightyTwenty(), twentyPercentOfRequests(), ninetyNineHalves());
  }

  private static Claim eightyTwenty() {
    return new Claim(
        "C04",
        "caching",
        "80/20: caching 20 % of the data serves 80 % of the requests.",
        "karanpratapsingh/system-design; Prateeshtalasu/SystemDesignGuide, Phase-13/03",
        Verdict.TRUE_ONLY_IF,
        "The most popular share f of N items draws H(f N) / H(N) of the requests, H(n) being the sum of k^-s for k up to n. An LRU cache "
            + "of as many items keeps others too and hits as Che says.",
        "True if popularity is Zipf's with one particular skew, near 0.9, and the cache knows what is popular. Nobody who says it "
            + "states the skew: without any, 20 % of the data serve 20 %.",
        List.of(
            Parameter.count("keys", 20_000, 1000, 20_000),
            Parameter.count("requests", 200_000, 200_000, 20_000_000),
            Parameter.real("cachedShare", 0.2, 0.01, 0.5),
            Parameter.real("servedShare", 0.8, 0.5, 0.95)),
        settings -> {
          int keys = settings.count("keys");
          int count = settings.count("requests");
          double share = settings.real("cachedShare");
          int cached = (int) (share * keys);
          double served = settings.real("servedShare");
          double skew = skewFor(keys, cached, served);
          int[] right = CacheTrials.requests(keys, skew, count, Settings.random(40));
          double[] top = new double[SKEWS.length];
          double[] lru = new double[SKEWS.length];
          for (int i = 0; i < SKEWS.length; i++) {
            int[] requests = CacheTrials.requests(keys, SKEWS[i], count, Settings.random(41 + i));
            top[i] = shareBelow(cached, requests);
            lru[i] = CacheTrials.hitRatio(EvictionPolicy.lru(), cached, requests);
          }
          Check lruCheck = new Check(
              "the same skew, LRU",
              LruHitRatio.che(Zipf.of(keys, skew), cached),
              CacheTrials.hitRatio(EvictionPolicy.lru(), cached, right),
              CacheTrials.tolerance(count));
          return Outcome.of(
                  Trials.share(
                      String.format(
                          Locale.ROOT, "share served by the most popular, skew %.2f", skew),
                      served,
                      shareBelow(cached, right),
                      count),
                  lruCheck,
                  Trials.share("without skew", (double) cached / keys, top[0], count))
              .with(eightyTwentyChart(keys, cached, top, lru));
        });
  }

  private static Chart eightyTwentyChart(int keys, int cached, double[] top, double[] lru) {
    double[] fine = IntStream.rangeClosed(0, 24).mapToDouble(i -> i / 20.0).toArray();
    return new Chart(
        "Requests served by a cache of " + cached + " of " + keys + " items",
        Axis.linear("skew of popularity"),
        Axis.linear("share of requests"),
        List.of(
            Series.of(
                "most popular, H(fN) / H(N)",
                Mark.LINE,
                fine,
                Trials.map(fine, skew -> Zipf.of(keys, skew).shareOfTop(cached))),
            Series.of("most popular, measured", Mark.DOTS, SKEWS, top),
            Series.of(
                "LRU, Che",
                Mark.LINE,
                fine,
                Trials.map(fine, skew -> LruHitRatio.che(Zipf.of(keys, skew), cached))),
            Series.of("LRU, measured", Mark.DOTS, SKEWS, lru)));
  }

  /** The skew with which the most popular items draw that share of the requests; it grows with the skew. */
  private static double skewFor(int keys, int top, double share) {
    double low = 0;
    double high = 3;
    for (int i = 0; i < 50; i++) {
      double middle = (low + high) / 2;
      if (Zipf.of(keys, middle).shareOfTop(top) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double shareBelow(int key, int[] requests) {
    return (double) Arrays.stream(requests).filter(request -> request < key).count()
        / requests.length;
  }

  private static Claim twentyPercentOfRequests() {
    return new Claim(
        "C06",
        "caching",
        "The memory of a cache is 20 % of the daily requests times the size of an object.",
        "karanpratapsingh/system-design, URL shortener (35 GB); the same rule in other courses (170 GB)",
        Verdict.FALSE,
        "R requests touch D = sum(1 - (1 - p)^R) different keys. The rule buys 0.2 R places; D is all that a cache can ever use, and "
            + "with D places only the first request for a key misses: a hit ratio of 1 - D / R.",
        "It counts a key again each time it is asked for. 20 % of the keys is what 80/20 is about: D / 5 places, or Che's formula "
            + "for the hit ratio that is wanted.",
        List.of(
            Parameter.count("keys", 100_000, 1000, 1_000_000),
            Parameter.count("requests", 350_000, 50_000, 20_000_000),
            Parameter.real("skew", 1, 0, 2)),
        settings -> {
          int keys = settings.count("keys");
          int count = settings.count("requests");
          Zipf zipf = Zipf.of(keys, settings.real("skew"));
          int[] requests =
              CacheTrials.requests(keys, settings.real("skew"), count, Settings.random(6));
          CacheSimulator bought = CacheSimulator.of(EvictionPolicy.lru(), count / 5);
          CacheSimulator all = CacheSimulator.of(EvictionPolicy.lru(), keys);
          Arrays.stream(requests).forEach(key -> {
            bought.request(key);
            all.request(key);
          });
          double distinct = zipf.distinctKeys(count);
          double touched = all.stats().misses();
          // Whether two keys were touched is negatively correlated: the variance is below D.
          double noise = 4 * Math.sqrt(distinct) + 1e-4 * distinct;
          double fifth = touched / 5;
          return Outcome.of(
              new Check(
                  "places bought / different keys asked for",
                  0.2 * count / distinct,
                  0.2 * count / touched,
                  0.2 * count / distinct * noise / (distinct - noise)),
              new Check(
                  "hit ratio of as many places as there are keys",
                  1 - distinct / count,
                  all.stats().hitRatio(),
                  noise / count),
              new Check(
                  "share of the places bought that stay empty",
                  Math.max(0, 1 - distinct / (0.2 * count)),
                  1 - entries(bought) / (0.2 * count),
                  noise / (0.2 * count)),
              new Check(
                  "hit ratio of a fifth of those keys, once warm",
                  LruHitRatio.che(zipf, fifth),
                  CacheTrials.hitRatio(EvictionPolicy.lru(), (int) fifth, requests),
                  CacheTrials.tolerance(count)));
        });
  }

  private static double entries(CacheSimulator cache) {
    return cache.stats().misses() - cache.stats().evictions();
  }

  private static Claim ninetyNineHalves() {
    return new Claim(
        "C14",
        "caching",
        "Going from 98 % to 99 % hits halves the load of the database.",
        "Often said",
        Verdict.TRUE,
        "The database sees the misses: (1 - 0.99) / (1 - 0.98) = 1/2 of the load before. What that takes is Che's formula solved for "
            + "the size.",
        "Watch the miss ratio: one point of hits is 2 % of the load at 50 % hits and all of it at 99 %. The last points are the dear "
            + "ones: the cache of 99 % is much closer to everything than that of 98 %.",
        List.of(
            Parameter.count("keys", 20_000, 1000, 20_000),
            Parameter.count("requests", 600_000, 600_000, 20_000_000),
            Parameter.real("skew", 1, 0.5, 1.5),
            Parameter.real("before", 0.98, 0.5, 0.98),
            Parameter.real("after", 0.99, 0.6, 0.99)),
        settings -> {
          Zipf zipf = Zipf.of(settings.count("keys"), settings.real("skew"));
          double before = settings.real("before");
          double after = settings.real("after");
          int[] requests = CacheTrials.requests(
              settings.count("keys"),
              settings.real("skew"),
              settings.count("requests"),
              Settings.random(14));
          double smaller = LruHitRatio.itemsForHitRatio(zipf, before);
          double larger = LruHitRatio.itemsForHitRatio(zipf, after);
          double loadBefore = load(smaller, requests);
          double loadAfter = load(larger, requests);
          double ratio = (1 - after) / (1 - before);
          double counted = requests.length / 2.0;
          double relative =
              4 * Math.sqrt(1 / (counted * (1 - after)) + 1 / (counted * (1 - before)));
          return Outcome.of(
              new Check("loads / loads before", ratio, loadAfter / loadBefore, ratio * relative),
              Trials.share("loads per request before", 1 - before, loadBefore, counted),
              Trials.share("loads per request after", 1 - after, loadAfter, counted));
        });
  }

  private static double load(double items, int[] requests) {
    return 1 - CacheTrials.hitRatio(EvictionPolicy.lru(), (int) Math.round(items), requests);
  }
}
