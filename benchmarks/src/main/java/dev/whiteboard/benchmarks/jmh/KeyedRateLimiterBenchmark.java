package dev.whiteboard.benchmarks.jmh;

import dev.whiteboard.ratelimit.FlatRateLimiter;
import dev.whiteboard.ratelimit.KeyedRateLimiter;
import dev.whiteboard.ratelimit.Limit;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does a decision cost for one of a million keys: in our map, in our flat table, and in a map of Bucket4j's buckets?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare ratelimit}
 *
 * <p>All keys have been seen before and stay in use: a permit takes a day to arrive, and the burst outlasts the measurement.
 * Keys come in random order, so the cost is that of memory. The order exists as boxed and as plain numbers, as each form
 * wants it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyedRateLimiterBenchmark {
  private static final int KEYS = 1_000_000;
  private static final Limit LIMIT = Limit.of(1).per(Duration.ofDays(1)).burst(10_000);

  /** The keys in the order in which they come. */
  @State(Scope.Thread)
  public static class Order {
    private static final int MASK = (1 << 20) - 1;

    private final long[] plain = Keys.random().longs(MASK + 1L, 0, KEYS).toArray();
    private final Long[] boxed = new Long[MASK + 1];
    private int index;

    /** Boxes the keys. */
    @Setup
    public void box() {
      for (int i = 0; i <= MASK; i++) {
        boxed[i] = plain[i];
      }
    }

    long next() {
      return plain[index++ & MASK];
    }

    Long nextBoxed() {
      return boxed[index++ & MASK];
    }
  }

  /** Our map, with all keys in it. */
  @State(Scope.Benchmark)
  public static class OurMap {
    private final KeyedRateLimiter<Long> limiter =
        KeyedRateLimiter.builder(LIMIT).build();

    /** Takes a permit of each key. */
    @Setup(Level.Trial)
    public void fill() {
      for (long key = 0; key < KEYS; key++) {
        limiter.tryAcquire(key);
      }
    }
  }

  /** Our table, with all keys in it. */
  @State(Scope.Benchmark)
  public static class OurTable {
    private final FlatRateLimiter limiter = FlatRateLimiter.builder(LIMIT, KEYS).build();

    /** Takes a permit of each key. */
    @Setup(Level.Trial)
    public void fill() {
      for (long key = 0; key < KEYS; key++) {
        limiter.tryAcquire(key);
      }
    }
  }

  /** A map of Bucket4j's buckets, with all keys in it. */
  @State(Scope.Benchmark)
  public static class Bucket4jMap {
    private final ConcurrentHashMap<Long, Bucket> buckets = new ConcurrentHashMap<>();

    /** Takes a permit of each key. */
    @Setup(Level.Trial)
    public void fill() {
      for (long key = 0; key < KEYS; key++) {
        tryConsume(key);
      }
    }

    boolean tryConsume(Long key) {
      Bucket bucket = buckets.get(key);
      if (bucket == null) {
        bucket = buckets.computeIfAbsent(key, absent -> newBucket());
      }
      return bucket.tryConsume(1);
    }

    private static Bucket newBucket() {
      return Bucket.builder()
          .addLimit(
              limit -> limit.capacity(LIMIT.burst()).refillGreedy(LIMIT.permits(), LIMIT.period()))
          .withCustomTimePrecision(TimeMeter.SYSTEM_NANOTIME)
          .withSynchronizationStrategy(SynchronizationStrategy.LOCK_FREE)
          .build();
    }
  }

  @Benchmark
  public boolean tryAcquire_map(OurMap map, Order order) {
    return map.limiter.tryAcquire(order.nextBoxed());
  }

  @Benchmark
  public boolean tryAcquire_flat(OurTable table, Order order) {
    return table.limiter.tryAcquire(order.next());
  }

  @Benchmark
  public boolean tryAcquire_mapOfBucket4j(Bucket4jMap map, Order order) {
    return map.tryConsume(order.nextBoxed());
  }
}
