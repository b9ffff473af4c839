package dev.whiteboard.benchmarks.claims;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.caching.LruCache;
import dev.whiteboard.estimation.Zipf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Claims about what a cache spares the store behind it. */
final class StoreClaims {
  private StoreClaims() {}

  static List<Claim> all() {
    return List.of(writeBackSavesWrites(), readAheadSavesFetches(), bloomFilterStopsAbsent());
  }

  private static Claim writeBackSavesWrites() {
    return new Claim(
        "C15",
        "caching",
        "Write-back reduces the writes to the store.",
        "Prateeshtalasu/SystemDesignGuide, Phase-04/01",
        Verdict.TRUE_ONLY_IF,
        "Of m writes between two flushes the store gets one for each different key: sum(1 - (1 - p)^m) / m.",
        "True if keys are written again before the flush: keys that are written once reach the store as often as with write-through. The "
            + "other half of the bargain is that a crash loses what was not flushed.",
        List.of(
            Parameter.count("keys", 100_000, 100, 1_000_000),
            Parameter.real("skew", 1, 0, 2),
            Parameter.count("writesPerFlush", 10_000, 10, 1_000_000),
            Parameter.count("flushes", 20, 2, 1000)),
        settings -> {
          int keys = settings.count("keys");
          int batch = settings.count("writesPerFlush");
          int flushes = settings.count("flushes");
          int[] writes = CacheTrials.requests(
              keys, settings.real("skew"), batch * flushes, Settings.random(150));
          int[] even = CacheTrials.requests(keys, 0, batch * flushes, Settings.random(151));
          int[] once = IntStream.range(0, batch * flushes).toArray();
          return Outcome.of(
              storeWrites("skewed", Zipf.of(keys, settings.real("skew")), writes, batch),
              storeWrites("no skew", Zipf.of(keys, 0), even, batch),
              new Check("store writes / writes, each key once", 1, storeWrites(once, batch), 0));
        });
  }

  /** Whether two keys were written is negatively correlated: the variance is below the number of different keys. */
  private static Check storeWrites(String keys, Zipf popularity, int[] writes, int batch) {
    double distinct = popularity.distinctKeys(batch);
    return new Check(
        "store writes / writes, " + keys,
        distinct / batch,
        storeWrites(writes, batch),
        4 * Math.sqrt(distinct / batch / writes.length) + 1e-4);
  }

  private static double storeWrites(int[] writes, int batch) {
    LruCache<Integer, Integer> dirty = LruCache.create(batch);
    double stored = 0;
    for (int i = 0; i < writes.length; i++) {
      dirty.put(writes[i], i);
      if ((i + 1) % batch == 0) {
        stored += dirty.keys().size();
        dirty.clear();
      }
    }
    return stored / writes.length;
  }

  private static Claim readAheadSavesFetches() {
    return new Claim(
        "C16",
        "caching",
        "Reading k blocks ahead cuts fetches k + 1 times.",
        "Often said",
        Verdict.TRUE_ONLY_IF,
        "A sequential reader finds the k blocks after each that it fetched: 1 / (k + 1) fetches a read. A random reader finds a block in a "
            + "cache of C of N with the probability C / N, whatever is fetched with it: 1 - C / N fetches, each of k + 1 blocks.",
        "True of sequential reads. For random ones it saves no fetch and moves k + 1 times the blocks.",
        List.of(
            Parameter.count("blocks", 10_000, 1000, 1_000_000),
            Parameter.count("cachedBlocks", 500, 200, 1000),
            Parameter.count("ahead", 7, 1, 99),
            Parameter.count("reads", 100_000, 10_000, 5_000_000)),
        settings -> {
          int blocks = settings.count("blocks");
          int cached = settings.count("cachedBlocks");
          int ahead = settings.count("ahead");
          int reads = settings.count("reads") / (ahead + 1) * (ahead + 1);
          RandomGenerator random = Settings.random(16);
          int[] next = {0};
          double sequential = fetches(cached, ahead, reads, Integer.MAX_VALUE, () -> next[0]++);
          double scattered = fetches(cached, ahead, reads, blocks, () -> random.nextInt(blocks));
          double withoutAhead = fetches(cached, 0, reads, blocks, () -> random.nextInt(blocks));
          double missed = 1 - (double) cached / blocks;
          Check share = Trials.share("fetches per read, random", missed, scattered, reads);
          return Outcome.of(
              new Check("fetches per read, sequential", 1.0 / (ahead + 1), sequential, 0),
              share,
              Trials.share("fetches per read, random, nothing ahead", missed, withoutAhead, reads),
              new Check(
                  "blocks moved per read, random",
                  missed * (ahead + 1),
                  scattered * (ahead + 1),
                  share.tolerance() * (ahead + 1)));
        });
  }

  /** Fetches per read, once the cache is full. */
  private static double fetches(int cached, int ahead, int reads, int blocks, IntSupplier reader) {
    LruCache<Integer, Boolean> cache = LruCache.create(cached);
    IntStream.range(0, cached).forEach(i -> cache.put(-1 - i, true));
    int warming = blocks == Integer.MAX_VALUE ? 0 : 20 * cached;
    double fetches = 0;
    for (int i = -warming; i < reads; i++) {
      int block = reader.getAsInt();
      if (cache.get(block) == null) {
        IntStream.rangeClosed(0, ahead).forEach(j -> cache.put((block + j) % blocks, true));
        fetches += i >= 0 ? 1 : 0;
      }
    }
    return fetches / reads;
  }

  private static Claim bloomFilterStopsAbsent() {
    return new Claim(
        "C17",
        "caching",
        "A Bloom filter in front of a cache stops look-ups of absent keys.",
        "Prateeshtalasu/SystemDesignGuide, Phase-09",
        Verdict.TRUE_ONLY_IF,
        "n keys set k bits each of m: an absent key passes with the probability (1 - exp(-k n / m))^k, for m = -n ln p / (ln 2)^2 and "
            + "k = m / n ln 2 that is p. A key that is there always passes.",
        "True but for the false positives, and only if the filter was made for as many keys as there are: with twice as many it lets "
            + "through a sixth. Keys that are deleted stay in it.",
        List.of(
            Parameter.count("keys", 20_000, 1000, 1_000_000),
            Parameter.real("falsePositives", 0.01, 0.001, 0.2),
            Parameter.count("absent", 200_000, 10_000, 10_000_000)),
        settings -> {
          int keys = settings.count("keys");
          double target = settings.real("falsePositives");
          double[] loads = {0.25, 0.5, 1, 1.5, 2, 3};
          List<Check> checks = new ArrayList<>();
          double[] passed = new double[loads.length];
          for (int i = 0; i < loads.length; i++) {
            BloomFilter<Long> filter = BloomFilter.create(Funnels.longFunnel(), keys, target);
            int added = (int) (loads[i] * keys);
            LongStream.range(0, added).forEach(filter::put);
            passed[i] = passing(filter, settings.count("absent"));
            if (loads[i] == 1) {
              checks.add(
                  leak("share of absent keys that pass", keys, added, target, passed[i], settings));
              checks.add(new Check(
                  "keys that are there and do not pass",
                  0,
                  LongStream.range(0, added)
                      .filter(key -> !filter.mightContain(key))
                      .count(),
                  0));
            } else if (loads[i] == 2) {
              checks.add(
                  leak("the same, with twice the keys", keys, added, target, passed[i], settings));
            }
          }
          double[] fine =
              IntStream.rangeClosed(5, 60).mapToDouble(i -> i / 20.0).toArray();
          return new Outcome(checks, null)
              .with(new Chart(
                  "Absent keys that pass a Bloom filter made for " + keys + " keys",
                  Axis.linear("keys in it / keys it was made for"),
                  Axis.linear("share that passes"),
                  List.of(
                      Series.of(
                          "theory",
                          Mark.LINE,
                          fine,
                          Trials.map(fine, load -> falsePositives(keys, load * keys, target))),
                      Series.of("Guava BloomFilter", Mark.DOTS, loads, passed))));
        });
  }

  /** Asks for keys that were never added; the cache behind the filter has none of them, so each that passes is a load. */
  private static double passing(BloomFilter<Long> filter, int absent) {
    LruCache<Long, Boolean> cache = LruCache.create(1000);
    for (long key = 1; key <= absent; key++) {
      long unknown = -key;
      if (filter.mightContain(unknown)) {
        cache.get(unknown, missing -> false);
      }
    }
    return (double) cache.stats().misses() / absent;
  }

  /** Chance decides which absent keys pass, and how many bits are set: by about sqrt(m) / 2 of m. */
  private static Check leak(
      String what, int planned, double added, double target, double measured, Settings settings) {
    double expected = falsePositives(planned, added, target);
    double set = 1 - Math.exp(-hashes(target) * added / bits(planned, target));
    double bySetBits = expected * hashes(target) * 0.5 / Math.sqrt(bits(planned, target)) / set;
    double byChoice = expected * (1 - expected) / settings.count("absent");
    return new Check(what, expected, measured, 4 * Math.sqrt(byChoice + bySetBits * bySetBits));
  }

  private static double falsePositives(int planned, double added, double target) {
    double set = 1 - Math.exp(-hashes(target) * added / bits(planned, target));
    return Math.pow(set, hashes(target));
  }

  private static double bits(int planned, double target) {
    return -planned * Math.log(target) / Math.pow(Math.log(2), 2);
  }

  /** (m / n) ln 2, which is -log2 p, as a whole number. */
  private static double hashes(double target) {
    return Math.max(1, Math.round(-Math.log(target) / Math.log(2)));
  }
}
