package dev.whiteboard.benchmarks.jmh;

import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimiter;
import dev.whiteboard.ratelimit.TokenBucket;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does a decision cost, against Bucket4j's lock-free bucket, and against the least it can cost: a clock reading and one
 * compare-and-set if granted, a clock reading and one read if refused?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare ratelimit}
 *
 * <p>Misleading if a bucket ran dry or filled up in the middle: the granted ones admit a thousand million a second, the
 * refused ones one a day and are empty from the start.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBucketBenchmark {
  private static final long PLENTY = 1_000_000_000;

  private final TokenBucket generous =
      RateLimiter.tokenBucket(Limit.perSecond(PLENTY)).build();
  private final TokenBucket empty =
      RateLimiter.tokenBucket(Limit.of(1).per(Duration.ofDays(1))).build();
  private final Bucket generousBucket4j = Bucket.builder()
      .addLimit(limit -> limit.capacity(PLENTY).refillGreedy(PLENTY, Duration.ofSeconds(1)))
      .withCustomTimePrecision(TimeMeter.SYSTEM_NANOTIME)
      .withSynchronizationStrategy(SynchronizationStrategy.LOCK_FREE)
      .build();
  private final Bucket emptyBucket4j = Bucket.builder()
      .addLimit(limit -> limit.capacity(1).refillGreedy(1, Duration.ofDays(1)))
      .withCustomTimePrecision(TimeMeter.SYSTEM_NANOTIME)
      .withSynchronizationStrategy(SynchronizationStrategy.LOCK_FREE)
      .build();
  private final AtomicLong cell = new AtomicLong();

  /** Takes the only permits of the day. */
  public TokenBucketBenchmark() {
    if (!empty.tryAcquire() || !emptyBucket4j.tryConsume(1)) {
      throw new IllegalStateException("a new bucket is full");
    }
  }

  @Benchmark
  public boolean tryAcquire_granted() {
    return generous.tryAcquire();
  }

  @Benchmark
  public boolean tryAcquire_granted_bucket4j() {
    return generousBucket4j.tryConsume(1);
  }

  @Benchmark
  public boolean tryAcquire_granted_floor() {
    long now = System.nanoTime();
    return cell.compareAndSet(cell.get(), now);
  }

  @Benchmark
  public boolean tryAcquire_refused() {
    return empty.tryAcquire();
  }

  @Benchmark
  public boolean tryAcquire_refused_bucket4j() {
    return emptyBucket4j.tryConsume(1);
  }

  @Benchmark
  public boolean tryAcquire_refused_floor() {
    return System.nanoTime() < cell.get();
  }
}
