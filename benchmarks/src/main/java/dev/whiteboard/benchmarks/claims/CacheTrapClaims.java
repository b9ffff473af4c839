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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Claims about traffic that an eviction policy handles badly. */
final class CacheTrapClaims {
  /** Belady, Nelson and Shedler, CACM 12(6), 1969. */
  private static final int[] ANOMALY = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};

  private static final int WINDOWS = 40;

  private CacheTrapClaims() {}

  static List<Claim> all() {
    return List.of(biggerNeverHurts(), lfuNeedsAgeing());
  }

  private static Claim biggerNeverHurts() {
    return new Claim(
        "C07",
        "caching",
        "A bigger cache never hurts.",
        "Often said; against it Belady, Nelson and Shedler, An Anomaly in Space-Time Characteristics, CACM 12(6), 1969",
        Verdict.HALF_WRONG,
        "LRU hits if fewer than c other keys were asked for since the key's last use, so c + 1 hits wherever c does (Mattson and others "
            + "1970). FIFO hits if the key is among the last c missed ones, and a larger c changes which ones are missed.",
        "True of LRU. For FIFO, 1 2 3 4 1 2 5 1 2 3 4 5 misses 9 times in 3 places and 10 times in 4.",
        List.of(
            Parameter.count("traces", 2000, 10, 100_000),
            Parameter.count("keys", 6, 5, 20),
            Parameter.count("requests", 40, 12, 500)),
        settings -> {
          int keys = settings.count("keys");
          RandomGenerator random = Settings.random(7);
          int[][] traces = new int[settings.count("traces")][];
          Arrays.setAll(
              traces, i -> random.ints(settings.count("requests"), 0, keys).toArray());
          return Outcome.of(
                  new Check(
                      "FIFO: misses in 4 places less those in 3",
                      fifoMisses(ANOMALY, 4) - fifoMisses(ANOMALY, 3),
                      misses(EvictionPolicy.fifo(), ANOMALY, 4)
                          - misses(EvictionPolicy.fifo(), ANOMALY, 3),
                      0),
                  new Check(
                      "LRU: misses in 4 places less those in 3",
                      lruMisses(ANOMALY, 4) - lruMisses(ANOMALY, 3),
                      misses(EvictionPolicy.lru(), ANOMALY, 4)
                          - misses(EvictionPolicy.lru(), ANOMALY, 3),
                      0),
                  new Check(
                      "FIFO: random traces on which some larger cache misses more",
                      anomalies(traces, trace -> c -> fifoMisses(trace, c), keys),
                      anomalies(
                          traces, trace -> c -> misses(EvictionPolicy.fifo(), trace, c), keys),
                      0),
                  new Check(
                      "LRU: random traces on which some larger cache misses more",
                      0,
                      anomalies(traces, trace -> c -> misses(EvictionPolicy.lru(), trace, c), keys),
                      0))
              .with(new Chart(
                  "FIFO misses more with four places than with three",
                  Axis.linear("places in the cache"),
                  Axis.linear("misses"),
                  List.of(
                      missesBySize("FIFO", EvictionPolicy.fifo()),
                      missesBySize("LRU", EvictionPolicy.lru()))));
        });
  }

  private static Series missesBySize(String name, EvictionPolicy policy) {
    int[] sizes = IntStream.rangeClosed(1, 6).toArray();
    return Series.of(
        name,
        Mark.LINE_AND_DOTS,
        CacheTrials.asDoubles(sizes),
        Arrays.stream(sizes).mapToDouble(size -> misses(policy, ANOMALY, size)).toArray());
  }

  private static int misses(EvictionPolicy policy, int[] trace, int capacity) {
    CacheSimulator cache = CacheSimulator.of(policy, capacity);
    Arrays.stream(trace).forEach(cache::request);
    return (int) cache.stats().misses();
  }

  /** How FIFO is defined: what is cached are the last keys that were missed. */
  private static int fifoMisses(int[] trace, int capacity) {
    List<Integer> missed = new ArrayList<>();
    for (int key : trace) {
      if (!missed.subList(Math.max(0, missed.size() - capacity), missed.size()).contains(key)) {
        missed.add(key);
      }
    }
    return missed.size();
  }

  /** How LRU is defined: a key leaves when so many others were asked for since its last use. */
  private static int lruMisses(int[] trace, int capacity) {
    int misses = 0;
    for (int i = 0; i < trace.length; i++) {
      int last = i - 1;
      while (last >= 0 && trace[last] != trace[i]) {
        last--;
      }
      long others = Arrays.stream(trace, last + 1, i).distinct().count();
      if (last < 0 || others >= capacity) {
        misses++;
      }
    }
    return misses;
  }

  private static double anomalies(
      int[][] traces, Function<int[], IntUnaryOperator> misses, int keys) {
    return Arrays.stream(traces)
        .map(misses)
        .filter(bySize ->
            IntStream.range(1, keys).anyMatch(c -> bySize.applyAsInt(c + 1) > bySize.applyAsInt(c)))
        .count();
  }

  private static Claim lfuNeedsAgeing() {
    return new Claim(
        "C10",
        "caching",
        "LFU needs ageing, or it keeps yesterday's favourites.",
        "Prateeshtalasu/SystemDesignGuide, Phase-04/04-cache-eviction-policies.md",
        Verdict.TRUE,
        "Entries with many uses leave one place to all new keys, which push each other out of it: a hit is a key asked for twice in a "
            + "row, sum(p^2). LRU has forgotten the past after a cacheful of keys and hits as Che says.",
        "Halving the counts now and then is enough: LFU with ageing then finds the new favourites, and keeps them better than LRU.",
        List.of(
            Parameter.count("capacity", 1000, 10, 2000),
            Parameter.count("uses", 30, 20, 50),
            Parameter.count("keys", 10_000, 10_000, 100_000),
            Parameter.real("skew", 0.9, 0, 1.2),
            Parameter.count("requests", 200_000, 100_000, 10_000_000)),
        settings -> {
          int capacity = settings.count("capacity");
          int uses = settings.count("uses");
          int keys = settings.count("keys");
          double skew = settings.real("skew");
          int[] requests =
              CacheTrials.requests(keys, skew, settings.count("requests"), Settings.random(10));
          double[] lru = afterChange(EvictionPolicy.lru(), capacity, uses, keys, requests);
          double[] lfu = afterChange(EvictionPolicy.lfu(), capacity, uses, keys, requests);
          double[] ageing = afterChange(EvictionPolicy.agingLfu(), capacity, uses, keys, requests);
          double twice =
              Arrays.stream(CacheTrials.popularity(keys, skew)).map(p -> p * p).sum();
          Zipf zipf = Zipf.of(keys, skew);
          double che = LruHitRatio.che(zipf, capacity);
          // Hits of neighbours depend on each other: three times the variance of independent ones.
          return Outcome.of(
                  new Check(
                      "hit ratio after the change, LFU without ageing",
                      twice,
                      mean(lfu, 0),
                      4 * Math.sqrt(3 * twice / requests.length)),
                  new Check(
                      "LRU, second half",
                      che,
                      mean(lru, WINDOWS / 2),
                      CacheTrials.tolerance(requests.length)),
                  Trials.within(
                      "LFU with ageing, second half",
                      che,
                      zipf.shareOfTop(capacity),
                      mean(ageing, WINDOWS / 2),
                      CacheTrials.tolerance(requests.length)))
              .with(new Chart(
                  "Hit ratio after all favourites have changed",
                  Axis.linear("requests since the change"),
                  Axis.linear("hit ratio"),
                  List.of(
                      overTime("LRU", lru, requests.length),
                      overTime("LFU", lfu, requests.length),
                      overTime("LFU with ageing", ageing, requests.length))));
        });
  }

  /** Uses as many other keys as fit, so many times each, then replays: the hit ratio in each part of the replay. */
  private static double[] afterChange(
      EvictionPolicy policy, int capacity, int uses, int keys, int[] requests) {
    CacheSimulator cache = CacheSimulator.of(policy, capacity);
    for (int use = 0; use < uses; use++) {
      IntStream.range(keys, keys + capacity).forEach(cache::request);
    }
    int window = requests.length / WINDOWS;
    double[] hitRatios = new double[WINDOWS];
    for (int i = 0; i < window * WINDOWS; i++) {
      if (cache.request(requests[i])) {
        hitRatios[i / window] += 1.0 / window;
      }
    }
    return hitRatios;
  }

  private static double mean(double[] hitRatios, int from) {
    return Arrays.stream(hitRatios, from, hitRatios.length).average().orElseThrow();
  }

  private static Series overTime(String name, double[] hitRatios, int requests) {
    double[] times = IntStream.range(0, WINDOWS)
        .mapToDouble(i -> (i + 0.5) * requests / WINDOWS)
        .toArray();
    return Series.of(name, Mark.LINE, times, hitRatios);
  }
}
