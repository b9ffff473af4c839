package dev.whiteboard.benchmarks.jmh;

import dev.whiteboard.caching.LruCache;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does a hit cost, and what a miss that evicts, against a LinkedHashMap in access order and a plain map as the floor?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare caching}
 *
 * <p>Keys follow Zipf's law (skew 0.9). For hits the cache holds all of them, for {@code getOrPut} a tenth. Misleading with
 * a handful of keys: the list would stay in the processor's own cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LruCacheBenchmark {
  @Param({"50000"})
  public int items;

  private Integer[] keys = {};
  private int index;
  private LruCache<Integer, Integer> whole = LruCache.create(1);
  private LruCache<Integer, Integer> tenth = LruCache.create(1);
  private Map<Integer, Integer> wholeMap = Map.of();
  private Map<Integer, Integer> tenthMap = Map.of();
  private Map<Integer, Integer> floor = Map.of();

  @Setup
  public void fill() {
    keys = Keys.zipf(items, 0.9);
    whole = LruCache.create(items);
    tenth = LruCache.create(items / 10);
    wholeMap = new Bounded(items);
    tenthMap = new Bounded(items / 10);
    floor = new HashMap<>();
    for (Integer key : keys) {
      whole.put(key, key);
      tenth.put(key, key);
      wholeMap.put(key, key);
      tenthMap.put(key, key);
      floor.put(key, key);
    }
  }

  private Integer next() {
    return keys[index++ & Keys.MASK];
  }

  @Benchmark
  public @Nullable Integer get_hit() {
    return whole.get(next());
  }

  @Benchmark
  public @Nullable Integer get_hit_linkedHashMap() {
    return wholeMap.get(next());
  }

  @Benchmark
  public @Nullable Integer get_hit_floor() {
    return floor.get(next());
  }

  @Benchmark
  public @Nullable Integer getOrPut() {
    Integer key = next();
    Integer value = tenth.get(key);
    return value == null ? tenth.put(key, key) : value;
  }

  @Benchmark
  public @Nullable Integer getOrPut_linkedHashMap() {
    Integer key = next();
    Integer value = tenthMap.get(key);
    return value == null ? tenthMap.put(key, key) : value;
  }

  /** The JDK's way to a textbook LRU cache. */
  static final class Bounded extends LinkedHashMap<Integer, Integer> {
    private static final long serialVersionUID = 1;
    private final int capacity;

    Bounded(int capacity) {
      super(16, 0.75f, true);
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
      return size() > capacity;
    }
  }
}
