package dev.whiteboard.benchmarks.compare;

import dev.whiteboard.benchmarks.jmh.Stores;
import dev.whiteboard.caching.LruCache;
import dev.whiteboard.partitioning.HashRing;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.ratelimit.FlatRateLimiter;
import dev.whiteboard.ratelimit.KeyedRateLimiter;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.LimiterBuilder;
import dev.whiteboard.ratelimit.RateLimiter;
import dev.whiteboard.ratelimit.TokenBucket;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jol.info.GraphLayout;
import org.openjdk.jol.vm.VM;

/** Bytes that blocks take on the heap of this JVM, counted by JOL. */
public final class Footprints {
  static final int ENTRIES = 100_000;
  static final int KEYS = 1_000_000;
  static final int LIMITERS = 1000;
  private static final int NODES = 1000;
  static final int VIRTUAL_NODES = NODES * (HashRing.DEFAULT_VIRTUAL_NODES - 1);

  static {
    // The JVM hides the offsets of a record's and a lambda's fields; JOL finds them by experiment
    // if it is told to.
    System.setProperty("jol.magicFieldOffset", "true");
    // Else it starts another JVM that looks into this one, for seconds; the sizes are the same.
    System.setProperty("jol.skipHotspotSAAttach", "true");
    // At its start JOL prints to standard output that it does without an agent, where a program may
    // expect JSON.
    PrintStream console = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      VM.current();
    } finally {
      System.setOut(console);
    }
  }

  private Footprints() {}

  /** What 159 more points on each of 1,000 nodes take; so the nodes themselves and their names do not count. */
  static long hashRing() {
    String[] names = IntStream.range(0, NODES).mapToObj(i -> "node-" + i).toArray(String[]::new);
    List<Node<String>> nodes = Stream.of(names).map(Node::of).toList();
    HashRing<String> onePointEach =
        HashRing.<String>builder().virtualNodes(1).nodes(nodes).build();
    HashRing<String> ring = HashRing.<String>builder().nodes(nodes).build();
    return size(ring) - size(onePointEach);
  }

  static long lruCache() {
    LruCache<Integer, Integer> cache = LruCache.create(ENTRIES);
    IntStream.range(0, ENTRIES).forEach(i -> cache.put(i, 0));
    return size(cache) - integers(ENTRIES);
  }

  /** A full cache of this name in {@link Stores}. */
  static long store(String name) {
    Stores.Store store = Stores.create(name, ENTRIES);
    IntStream.range(0, ENTRIES).forEach(i -> store.put(i, 0));
    return size(store.cache()) - integers(ENTRIES);
  }

  static long linkedHashMap() {
    Map<Integer, Integer> map = new LinkedHashMap<>();
    IntStream.range(0, ENTRIES).forEach(i -> map.put(i, 0));
    return size(map) - integers(ENTRIES);
  }

  /** What 1,000 more buckets of a builder take: they share the arithmetic of their limit, and the ticker. */
  static long tokenBucket() {
    LimiterBuilder<TokenBucket> builder = RateLimiter.tokenBucket(Limit.perSecond(100));
    Object[] buckets = Stream.generate(builder::build).limit(LIMITERS + 1).toArray();
    return size(buckets) - size(new Object[LIMITERS + 1]) - size(builder.build());
  }

  /** A key in use, without the object that the caller has for a key. */
  static long keyedMap() {
    KeyedRateLimiter<Integer> limiter =
        KeyedRateLimiter.builder(Limit.of(1).per(Duration.ofDays(1))).build();
    IntStream.range(0, KEYS).forEach(limiter::tryAcquire);
    return size(limiter) - integers(KEYS);
  }

  static long flatTable() {
    return size(FlatRateLimiter.builder(Limit.perSecond(100), KEYS).build());
  }

  /** Boxed keys, of which those up to 127 are shared with everybody; if 0 is a value, it is one of them. */
  private static long integers(int count) {
    return size(IntStream.range(0, count).boxed().toArray()) - size(new Object[count]);
  }

  /** The bytes of an object and of all that it refers to. */
  public static long size(Object root) {
    return GraphLayout.parseInstance(root).totalSize();
  }
}
