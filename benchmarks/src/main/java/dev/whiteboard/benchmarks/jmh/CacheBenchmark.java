package dev.whiteboard.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
 * What do a hit, a write and a miss that evicts cost a cache for many threads, beside its rivals, with a map without a bound
 * as the limit of what a hit can be?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare caching}
 *
 * <p>Keys follow Zipf's law (skew 0.9). For hits and writes the cache holds all of them, for {@code getOrPut} a tenth. By default
 * Caffeine evicts on a thread of a pool, here on a processor that the benchmark's threads use, too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CacheBenchmark {
  private static final int ITEMS = 100_000;

  @Param({
    "whiteboard",
    "caffeine",
    "caffeineSameThread",
    "guava",
    "cache2k",
    "linkedHashMap",
    "concurrentHashMap"
  })
  public String cache = "whiteboard";

  private Integer[] keys = {};
  private Stores.Store whole = Stores.create("concurrentHashMap", 1);
  private Stores.Store tenth = whole;

  @Setup
  public void fill() {
    keys = Keys.zipf(ITEMS, 0.9);
    whole = Stores.create(cache, 2 * ITEMS);
    tenth = Stores.create(cache, ITEMS / 10);
    for (Integer key : keys) {
      whole.put(key, key);
      tenth.put(key, key);
    }
  }

  /** Where a thread is in the keys. */
  @State(Scope.Thread)
  public static class Order {
    private static final AtomicInteger THREADS = new AtomicInteger();
    private int index = THREADS.getAndIncrement() * 12_345;

    int next() {
      return index++ & Keys.MASK;
    }
  }

  @Benchmark
  public @Nullable Integer get_hit(Order order) {
    return whole.get(keys[order.next()]);
  }

  @Benchmark
  public @Nullable Integer mixed_75_25(Order order) {
    int at = order.next();
    Integer key = keys[at];
    if ((at & 3) == 0) {
      whole.put(key, key);
      return key;
    }
    return whole.get(key);
  }

  @Benchmark
  public void put_resident(Order order) {
    Integer key = keys[order.next()];
    whole.put(key, key);
  }

  @Benchmark
  public Integer getOrPut(Order order) {
    Integer key = keys[order.next()];
    Integer value = tenth.get(key);
    if (value == null) {
      tenth.put(key, key);
      return key;
    }
    return value;
  }
}
