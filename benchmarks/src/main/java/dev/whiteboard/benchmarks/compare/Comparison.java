package dev.whiteboard.benchmarks.compare;

import com.google.common.collect.ImmutableMap;
import dev.whiteboard.benchmarks.compare.Measure.Bound;
import dev.whiteboard.benchmarks.compare.Measure.Memory;
import dev.whiteboard.benchmarks.compare.Measure.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A block of ours held against a rival, a floor or a bound.
 *
 * @param name what is compared
 * @param module the block's module
 * @param subject ours
 * @param rival what it is held against
 * @param target the largest ratio of subject to rival that was promised
 * @param allocates whether the subject may allocate; if not, a tenth of a byte per operation breaks the promise
 */
public record Comparison(
    String name, String module, Measure subject, Measure rival, double target, boolean allocates) {

  /**
   * A row of the report. Scores are medians; lower is better.
   *
   * @param name what is compared
   * @param subject ours
   * @param rival what it is held against
   * @param subjectScore our score
   * @param rivalScore the rival's score
   * @param unit the unit of both
   * @param ratio our score in terms of the rival's
   * @param target the largest ratio that was promised
   * @param holds whether the ratio is within the target, and nothing is allocated where that was promised
   * @param bytesPerOperation what our operation allocates; 0 for memory
   */
  public record Row(
      String name,
      String subject,
      String rival,
      double subjectScore,
      double rivalScore,
      String unit,
      double ratio,
      double target,
      boolean holds,
      double bytesPerOperation) {}

  /** All comparisons, module by module. */
  public static List<Comparison> all() {
    List<Comparison> all = new ArrayList<>();
    core(all);
    partitioning(all);
    caching(all);
    rateLimit(all);
    estimation(all);
    return List.copyOf(all);
  }

  private static void core(List<Comparison> all) {
    hashes(all);
    String next = "SnowflakeBenchmark.nextId";
    all.add(time("draw an id, against the clock", "core", next, next + "_floor", 1, 1.3));
    all.add(
        time("draw an id, 2 threads, against the clock", "core", next, next + "_floor", 2, 2.2));
    Map<String, String> rivals =
        ImmutableMap.of("tsid-creator", "_tsidCreator", "hypersistence-tsid", "_hypersistence");
    rivals.forEach((rival, suffix) -> {
      all.add(time("draw an id, against " + rival, "core", next, next + suffix, 1, 1));
      all.add(
          time("draw an id, 2 threads, against " + rival, "core", next, next + suffix, 2, 1 / 3.0));
    });
    for (int threads : new int[] {1, 2}) {
      all.add(time(
          "draw an id, relaxed, %s, against the clock".formatted(threads(threads)),
          "core",
          next + "_relaxed",
          next + "_floor",
          threads,
          1.25));
    }
    all.add(new Comparison(
        "draw an id of a lease of 1,000",
        "core",
        new Time(next + "_lease", 1),
        new Bound(2, "ns/op"),
        1,
        false));
    uuids(all);
  }

  private static void hashes(List<Comparison> all) {
    hash(all, 8, "hash4j's XXH3", "_hash4j", 1);
    hash(all, 8, "hash4j's wyhash", "_wyhash", 1);
    hash(all, 8, "Guava's FarmHash of UTF-8", "_guavaFarmHash", 1 / 3.0);
    hash(all, 8, "Guava's murmur3", "_guavaMurmur3", 1 / 3.0);
    hash(all, 64, "hash4j's XXH3", "_hash4j", 1);
    hash(all, 64, "hash4j's wyhash", "_wyhash", 1);
    hash(all, 64, "Guava's FarmHash of UTF-8", "_guavaFarmHash", 1 / 3.0);
  }

  private static void hash(
      List<Comparison> all, int length, String rival, String suffix, double target) {
    String hash = "Xxh3Benchmark.hash_string";
    Map<String, String> parameters = Map.of("length", Integer.toString(length));
    all.add(new Comparison(
        "hash a text of %s characters, against %s".formatted(length, rival),
        "core",
        new Time(hash, 1, parameters),
        new Time(hash + suffix, 1, parameters),
        target,
        false));
  }

  private static void uuids(List<Comparison> all) {
    String uuid = "UuidV7Benchmark.next";
    Map<String, String> rivals =
        ImmutableMap.of("UUID.randomUUID", "_randomUuid", "uuid-creator", "_uuidCreator");
    rivals.forEach((rival, suffix) -> {
      for (int threads : new int[] {1, 2}) {
        all.add(new Comparison(
            "draw a UUID of version 7, %s, against %s".formatted(threads(threads), rival),
            "core",
            new Time(uuid, threads),
            new Time(uuid + suffix, threads),
            threads == 1 ? 1 / 5.0 : 1 / 8.0,
            true));
      }
    });
    String encode = "ShortCodeBenchmark.encode";
    all.add(new Comparison(
        "write a short code, against Sqids",
        "core",
        new Time(encode, 1),
        new Time(encode + "_sqids", 1),
        1 / 100.0,
        true));
    String insert = "KeyOrderBenchmark.insert_";
    ImmutableMap.of("UUIDs of version 7", "uuidV7", "Snowflake ids", "snowflake")
        .forEach((keys, suffix) -> all.add(new Comparison(
            "insert 500 rows, %s against random UUIDs".formatted(keys),
            "core",
            new Time(insert + suffix, 1),
            new Time(insert + "randomUuid", 1),
            1,
            true)));
  }

  private static void partitioning(List<Comparison> all) {
    String slots = "SlotTableBenchmark.locate";
    for (int nodes : new int[] {10, 100, 1000, 10_000}) {
      Map<String, String> size = Map.of("nodes", Integer.toString(nodes));
      String name = "slot table, %,d nodes, against ".formatted(nodes);
      Time locate = new Time(slots, 1, size);
      all.add(new Comparison(
          name + "hash % n",
          "partitioning",
          locate,
          new Time(slots + "_floor", 1, size),
          1,
          false));
      all.add(new Comparison(
          name + "hash4j's JumpBackAnchor",
          "partitioning",
          locate,
          new Time(slots + "_jumpBackAnchor", 1, size),
          0.5,
          false));
    }
    String text = "TextKeyBenchmark.locate";
    all.add(time(
        "text key to node, 100 nodes, against hash4j's XXH3 and JumpBack",
        "partitioning",
        text,
        text + "_hash4j",
        1,
        1));
    all.add(time(
        "text key to node, 100 nodes, against Guava's murmur3 and consistentHash",
        "partitioning",
        text,
        text + "_guava",
        1,
        1 / 8.0));
    String replicas = "TextKeyBenchmark.replicas";
    all.add(time(
        "text key to 3 nodes in 3 zones, against 3 nodes of allgood-consistent-hash",
        "partitioning",
        replicas,
        replicas + "_allgood",
        1,
        1 / 300.0));
    all.add(time(
        "hash to 3 nodes in 3 zones, against text key to 3 nodes of allgood-consistent-hash",
        "partitioning",
        replicas + "_hashed",
        replicas + "_allgood",
        1,
        1 / 300.0));
    ring(all);
    balancing(all);
  }

  private static void ring(List<Comparison> all) {
    String locate = "HashRingBenchmark.locate";
    all.add(
        time("ring, 100 nodes, against hash % n", "partitioning", locate, locate + "_floor", 1, 5));
    all.add(time(
        "ring, 100 nodes, against a TreeMap ring",
        "partitioning",
        locate,
        locate + "_treeMap",
        1,
        1 / 20.0));
    String chain = locate + "_chain";
    all.add(time(
        "ring, each key after the last owner, against a TreeMap ring",
        "partitioning",
        chain,
        chain + "_treeMap",
        1,
        1 / 8.0));
    String with = "HashRingBenchmark.with_oneNodeMore";
    Map<String, String> thousand = Map.of("nodes", "1000");
    all.add(new Comparison(
        "ring, add a node to 1,000, against a copy of a TreeMap ring",
        "partitioning",
        new Time(with, 1, thousand),
        new Time(with + "_treeMap", 1, thousand),
        1,
        true));
    all.add(new Comparison(
        "ring, add a node to 1,000, against a TreeMap ring changed in place",
        "partitioning",
        new Time(with, 1, thousand),
        new Time(with + "_treeMapInPlace", 1, thousand),
        1,
        true));
    all.add(memory(
        "ring, memory of a virtual node",
        "partitioning",
        "HashRing",
        Footprints::hashRing,
        Footprints.VIRTUAL_NODES,
        16));
  }

  private static void balancing(List<Comparison> all) {
    String pick = "BalancerBenchmark.pick";
    all.add(time(
        "smooth round robin, 100 weights, against a stride scheduler",
        "partitioning",
        pick + "_smooth",
        pick + "_stride",
        1,
        1 / 3.0));
    all.add(time(
        "two choices, pick and done, against a look-up in a slot table",
        "partitioning",
        pick + "AndDone_twoChoices",
        "SlotTableBenchmark.locate",
        1,
        8));
  }

  private static void caching(List<Comparison> all) {
    String hit = "LruCacheBenchmark.get_hit";
    all.add(time("LRU hit, against LinkedHashMap", "caching", hit, hit + "_linkedHashMap", 1, 1));
    all.add(time("LRU hit, against a HashMap", "caching", hit, hit + "_floor", 1, 4));
    String getOrPut = "LruCacheBenchmark.getOrPut";
    all.add(time(
        "LRU get or put with eviction, against LinkedHashMap",
        "caching",
        getOrPut,
        getOrPut + "_linkedHashMap",
        1,
        1));
    all.add(new Comparison(
        "memory of an LRU entry, against LinkedHashMap",
        "caching",
        new Memory("LruCache", Footprints::lruCache, Footprints.ENTRIES),
        new Memory("LinkedHashMap", Footprints::linkedHashMap, Footprints.ENTRIES),
        1.01,
        true));
    caches(all);
  }

  private static void caches(List<Comparison> all) {
    for (int threads : new int[] {1, 2}) {
      all.add(cache("cache hit", "get_hit", "caffeine", threads, 1 / 2.5));
      all.add(cache("cache hit", "get_hit", "guava", threads, 1));
      all.add(cache("cache hit", "get_hit", "cache2k", threads, 1));
      all.add(cache("cache hit", "get_hit", "linkedHashMap", threads, 1));
      all.add(cache("cache hit", "get_hit", "concurrentHashMap", threads, 2));
      all.add(cache("cache, 75 % hits and 25 % writes", "mixed_75_25", "caffeine", threads, 0.5));
      all.add(cache(
          "cache write to a key that is there", "put_resident", "caffeine", threads, 1 / 2.5));
      String evicting = "cache get or put with eviction";
      all.add(cache(evicting, "getOrPut", "caffeine", threads, 1));
      all.add(cache(evicting, "getOrPut", "caffeineSameThread", threads, 1 / 3.0));
    }
    String tail = "PutTailBenchmark.put_new";
    for (String rival : new String[] {"caffeine", "caffeineSameThread", "cache2k"}) {
      all.add(new Comparison(
          "slowest cache put in a thousand, 1,000,000 entries, against " + cacheName(rival),
          "caching",
          new Time(tail, 1, Map.of("cache", "whiteboard"), 99.9),
          new Time(tail, 1, Map.of("cache", rival), 99.9),
          1,
          true));
    }
    Measure entry = new Memory("Cache", () -> Footprints.store("whiteboard"), Footprints.ENTRIES);
    all.add(
        new Comparison("memory of a cache entry", "caching", entry, new Bound(60, "B"), 1, true));
    for (String rival : new String[] {"caffeine", "cache2k", "guava"}) {
      all.add(new Comparison(
          "memory of a cache entry, against " + cacheName(rival),
          "caching",
          entry,
          new Memory(cacheName(rival), () -> Footprints.store(rival), Footprints.ENTRIES),
          1,
          true));
    }
  }

  private static Comparison cache(
      String what, String operation, String rival, int threads, double target) {
    String benchmark = "CacheBenchmark." + operation;
    return new Comparison(
        what + ", " + threads(threads) + ", against " + cacheName(rival),
        "caching",
        new Time(benchmark, threads, Map.of("cache", "whiteboard")),
        new Time(benchmark, threads, Map.of("cache", rival)),
        target,
        !operation.equals("get_hit"));
  }

  /** What a benchmark's parameter stands for. */
  private static String cacheName(String parameter) {
    return switch (parameter) {
      case "caffeine" -> "Caffeine";
      case "caffeineSameThread" -> "Caffeine that evicts in the same thread";
      case "guava" -> "Guava";
      case "linkedHashMap" -> "a locked LinkedHashMap";
      case "concurrentHashMap" -> "a ConcurrentHashMap without a bound";
      default -> parameter;
    };
  }

  private static void rateLimit(List<Comparison> all) {
    String granted = "TokenBucketBenchmark.tryAcquire_granted";
    String refused = "TokenBucketBenchmark.tryAcquire_refused";
    all.add(time(
        "permit granted, against clock and one CAS",
        "ratelimit",
        granted,
        granted + "_floor",
        1,
        1.10));
    all.add(time(
        "permit refused, against clock and one read",
        "ratelimit",
        refused,
        refused + "_floor",
        1,
        1.15));
    Map<String, String> rivals = ImmutableMap.of(
        "Bucket4j", "_bucket4j",
        "Guava", "_guava",
        "Resilience4j", "_resilience4j",
        "Failsafe", "_failsafe");
    rivals.forEach((rival, suffix) -> {
      boolean bucket4j = rival.equals("Bucket4j");
      String against = ", against " + rival;
      all.add(time(
          "permit granted" + against,
          "ratelimit",
          granted,
          granted + suffix,
          1,
          bucket4j ? 0.85 : 1));
      all.add(time(
          "permit granted, 2 threads" + against,
          "ratelimit",
          granted,
          granted + suffix,
          2,
          bucket4j ? 0.40 : 1));
      all.add(time("permit refused" + against, "ratelimit", refused, refused + suffix, 1, 1));
    });
    for (int threads : new int[] {1, 2}) {
      all.add(time(
          "permit of a leased limiter, %s, against clock and one CAS".formatted(threads(threads)),
          "ratelimit",
          granted + "_leased",
          granted + "_floor",
          threads,
          0.15));
    }
    keyedRateLimit(all);
    String shared = "SharedRateLimiterBenchmark.tryAcquire";
    for (int threads : new int[] {1, 2}) {
      all.add(new Comparison(
          "permit of a shared limiter on Redis, %s, against Bucket4j on Redis"
              .formatted(threads(threads)),
          "ratelimit",
          new Time(shared, threads),
          new Time(shared + "_bucket4j", threads),
          0.5,
          true));
    }
    all.add(memory(
        "memory of a token bucket",
        "ratelimit",
        "TokenBucket",
        Footprints::tokenBucket,
        Footprints.LIMITERS,
        64));
  }

  private static String threads(int count) {
    return count == 1 ? "1 thread" : count + " threads";
  }

  private static void keyedRateLimit(List<Comparison> all) {
    String flat = "KeyedRateLimiterBenchmark.tryAcquire_flat";
    String map = "KeyedRateLimiterBenchmark.tryAcquire_map";
    all.add(time("one of 1,000,000 keys, flat table against map", "ratelimit", flat, map, 1, 0.5));
    all.add(time(
        "one of 1,000,000 keys, flat table against a map of Bucket4j's buckets",
        "ratelimit",
        flat,
        map + "OfBucket4j",
        1,
        0.25));
    all.add(time(
        "one of 1,000,000 keys, map against a map of Bucket4j's buckets",
        "ratelimit",
        map,
        map + "OfBucket4j",
        1,
        1));
    all.add(memory(
        "memory of a key, map",
        "ratelimit",
        "KeyedRateLimiter",
        Footprints::keyedMap,
        Footprints.KEYS,
        70));
    all.add(memory(
        "memory of a key, flat table",
        "ratelimit",
        "FlatRateLimiter",
        Footprints::flatTable,
        Footprints.KEYS,
        17));
  }

  private static void estimation(List<Comparison> all) {
    all.add(atMost(50, "Che's hit ratio over 10^12 items", "che_trillionItems"));
    all.add(atMost(20, "Erlang C for 10^6 servers", "erlangC_millionServers"));
    all.add(atMost(5, "a capacity plan with intervals, as Markdown", "plan_withIntervals"));
    all.add(atMost(100, "64 sums of estimates, 10^6 draws", "plus_64Sums"));
  }

  private static Comparison atMost(double millis, String name, String method) {
    return new Comparison(
        name,
        "estimation",
        new Time("EstimationBenchmark." + method, 1),
        new Bound(millis, "ms/op"),
        1,
        true);
  }

  private static Comparison memory(
      String name, String module, String subject, LongSupplier bytes, int per, double bound) {
    return new Comparison(
        name, module, new Memory(subject, bytes, per), new Bound(bound, "B"), 1, true);
  }

  private static Comparison time(
      String name, String module, String subject, String rival, int threads, double target) {
    return new Comparison(
        name, module, new Time(subject, threads), new Time(rival, threads), target, false);
  }
}
