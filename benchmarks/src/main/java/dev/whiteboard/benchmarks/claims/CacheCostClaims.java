package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.caching.LfuCache;
import dev.whiteboard.caching.LruCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Claims about the cost of one operation. Steps are counted, not nanoseconds, so the outcome is the same everywhere. */
final class CacheCostClaims {
  private static final int[] SIZES = {1000, 8000, 64_000};

  private CacheCostClaims() {}

  static List<Claim> all() {
    return List.of(lruIsConstant(), lfuIsConstant());
  }

  private static Claim lruIsConstant() {
    return new Claim(
        "C01",
        "caching",
        "get and put of an LRU cache are O(1).",
        "donnemartin/system-design-primer, solutions/object_oriented_design/lru_cache",
        Verdict.TRUE,
        "With a hash table and a linked list, a get of a cached key hashes it once and compares it once, and a put of a new one hashes it "
            + "once, whatever the size. Kept in a plain list, a random key of n is found after (n + 1) / 2 comparisons.",
        "True of steps. Time grows a little with the size all the same, as the entries leave the processor's caches.",
        List.of(Parameter.count("operations", 20_000, 100, 1_000_000)),
        settings -> {
          int operations = settings.count("operations");
          List<Check> checks = new ArrayList<>();
          checks.addAll(bySize(
              "keys hashed or compared by a get", size -> 2, size -> lruGet(size, operations)));
          checks.addAll(
              bySize("by a put that evicts", size -> 1, size -> lruPut(size, operations)));
          int size = SIZES[0];
          double list = listGet(size, 1000);
          // A place drawn evenly from n has the variance n^2 / 12.
          checks.add(new Check(
              "compared by a get from a plain list, " + Numbers.format(size) + " entries",
              (size + 1) / 2.0,
              list,
              4 * size / Math.sqrt(12.0 * 1000)));
          return new Outcome(checks, null)
              .with(steps(
                  "Keys hashed or compared by a get",
                  series("LruCache", n -> lruGet(n, operations)),
                  Series.of(
                      "plain list, theory",
                      Mark.LINE,
                      CacheTrials.asDoubles(SIZES),
                      Arrays.stream(SIZES).mapToDouble(n -> (n + 1) / 2.0).toArray())));
        });
  }

  private static double lruGet(int size, int operations) {
    CountingKeys keys = new CountingKeys();
    LruCache<Object, Integer> cache = LruCache.create(size);
    IntStream.range(0, size).forEach(i -> cache.put(keys.key(i), i));
    RandomGenerator random = Settings.random(1);
    return calls(keys, operations, i -> cache.get(keys.key(random.nextInt(size))));
  }

  private static double lruPut(int size, int operations) {
    CountingKeys keys = new CountingKeys();
    LruCache<Object, Integer> cache = LruCache.create(size);
    IntStream.range(0, size).forEach(i -> cache.put(keys.key(i), i));
    return calls(keys, operations, i -> cache.put(keys.key(size + i), i));
  }

  /** The textbook's mistake: the order of use is a list, in which a key is searched for. */
  private static double listGet(int size, int operations) {
    CountingKeys keys = new CountingKeys();
    List<Object> order = new ArrayList<>(size);
    IntStream.range(0, size).forEach(i -> order.add(keys.key(i)));
    RandomGenerator random = Settings.random(1);
    return calls(keys, operations, i -> {
      Object key = keys.key(random.nextInt(size));
      order.remove(key);
      order.add(0, key);
    });
  }

  private static Claim lfuIsConstant() {
    return new Claim(
        "C02",
        "caching",
        "LFU can be O(1).",
        "Prateeshtalasu/SystemDesignGuide, Phase-04/04-cache-eviction-policies.md",
        Verdict.TRUE,
        "Entries in lists by their number of uses: a hit moves one to the next list, and the first of the lowest list leaves. A get hashes "
            + "and compares its key once; a put of a new key hashes it for the look-up and to store it, and the evicted one once. "
            + "A search for the least used entry compares n - 1 times (Shah, Mitra and Matani 2010).",
        "Many classes whose documentation says O(1) search for the victim. Ageing that halves all counts is O(n), but rare.",
        List.of(Parameter.count("operations", 20_000, 100, 1_000_000)),
        settings -> {
          int operations = settings.count("operations");
          List<Check> checks = new ArrayList<>();
          checks.addAll(bySize(
              "keys hashed or compared by a get", size -> 2, size -> lfuGet(size, operations)));
          checks.addAll(
              bySize("by a put that evicts", size -> 3, size -> lfuPut(size, operations)));
          checks.addAll(bySize(
              "compared to find the victim by search",
              size -> size - 1,
              CacheCostClaims::searchVictim));
          return new Outcome(checks, null)
              .with(steps(
                  "Steps of a put that evicts",
                  series("LfuCache", size -> lfuPut(size, operations)),
                  series("search for the least used", CacheCostClaims::searchVictim)));
        });
  }

  private static double lfuGet(int size, int operations) {
    CountingKeys keys = new CountingKeys();
    LfuCache<Object, Integer> cache = LfuCache.create(size);
    IntStream.range(0, size).forEach(i -> cache.put(keys.key(i), i));
    RandomGenerator random = Settings.random(2);
    return calls(keys, operations, i -> cache.get(keys.key(random.nextInt(size))));
  }

  private static double lfuPut(int size, int operations) {
    CountingKeys keys = new CountingKeys();
    LfuCache<Object, Integer> cache = LfuCache.create(size);
    IntStream.range(0, size).forEach(i -> cache.put(keys.key(i), i));
    return calls(keys, operations, i -> cache.put(keys.key(size + i), i));
  }

  private static double searchVictim(int size) {
    Map<Integer, Integer> uses = new HashMap<>();
    RandomGenerator random = Settings.random(2);
    IntStream.range(0, size).forEach(i -> uses.put(i, random.nextInt(100)));
    int[] compared = {0};
    Comparator<Integer> fewer = (a, b) -> {
      compared[0]++;
      return Integer.compare(a, b);
    };
    Collections.min(uses.values(), fewer);
    return compared[0];
  }

  /** The same count, exactly as expected, for each size. */
  private static List<Check> bySize(
      String what, IntToDoubleFunction expected, IntToDoubleFunction counted) {
    return Arrays.stream(SIZES)
        .mapToObj(size -> new Check(
            what + ", " + Numbers.format(size) + " entries",
            expected.applyAsDouble(size),
            counted.applyAsDouble(size),
            0))
        .toList();
  }

  private static double calls(CountingKeys keys, int operations, IntConsumer operation) {
    keys.takeCalls();
    IntStream.range(0, operations).forEach(operation);
    return (double) keys.takeCalls() / operations;
  }

  private static Series series(String name, IntToDoubleFunction steps) {
    return Series.of(
        name,
        Mark.LINE_AND_DOTS,
        CacheTrials.asDoubles(SIZES),
        Arrays.stream(SIZES).mapToDouble(steps).toArray());
  }

  private static Chart steps(String title, Series... series) {
    return new Chart(title, Axis.log("entries"), Axis.log("steps"), List.of(series));
  }
}
