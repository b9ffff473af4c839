package dev.whiteboard.benchmarks.jmh;

import dev.whiteboard.ratelimit.LeasedRateLimiter;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimiter;
import dev.whiteboard.ratelimit.TokenBucket;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
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
 * What does a decision cost, against the limiters of four other libraries, and against the least it can cost: a clock reading
 * and one compare-and-set if granted, a clock reading and one read if refused?
 *
 * <p>{@code java -jar benchmarks/target/whiteboard.jar compare ratelimit}
 *
 * <p>Misleading if a bucket ran dry or filled up in the middle: the granted ones admit a thousand million a second, the
 * refused ones one a day and are empty from the start. The leased limiter asks its centre for a thousand permits at a time.
 * The others differ in what they promise: Bucket4j's is a token bucket, Guava's lets a request go into debt, Failsafe's and
 * Resilience4j's count in fixed windows.
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
  private final LeasedRateLimiter leased =
      LeasedRateLimiter.builder(Limit.perSecond(PLENTY)).lease(1000).build();
  private final com.google.common.util.concurrent.RateLimiter generousGuava =
      com.google.common.util.concurrent.RateLimiter.create(PLENTY);
  private final com.google.common.util.concurrent.RateLimiter emptyGuava =
      com.google.common.util.concurrent.RateLimiter.create(1 / 86_400.0);
  private final io.github.resilience4j.ratelimiter.RateLimiter generousResilience4j =
      resilience4j((int) PLENTY, Duration.ofSeconds(1));
  private final io.github.resilience4j.ratelimiter.RateLimiter emptyResilience4j =
      resilience4j(1, Duration.ofDays(1));
  private final dev.failsafe.RateLimiter<Object> generousFailsafe =
      dev.failsafe.RateLimiter.burstyBuilder(PLENTY, Duration.ofSeconds(1)).build();
  private final dev.failsafe.RateLimiter<Object> emptyFailsafe =
      dev.failsafe.RateLimiter.burstyBuilder(1, Duration.ofDays(1)).build();
  private final AtomicLong cell = new AtomicLong();

  /** Takes the only permits of the day. */
  public TokenBucketBenchmark() {
    boolean taken = empty.tryAcquire()
        && emptyBucket4j.tryConsume(1)
        && emptyGuava.tryAcquire()
        && emptyResilience4j.acquirePermission()
        && emptyFailsafe.tryAcquirePermit();
    if (!taken) {
      throw new IllegalStateException("a new limiter has a permit");
    }
  }

  private static io.github.resilience4j.ratelimiter.RateLimiter resilience4j(
      int permits, Duration period) {
    return io.github.resilience4j.ratelimiter.RateLimiter.of(
        "benchmark",
        RateLimiterConfig.custom()
            .limitForPeriod(permits)
            .limitRefreshPeriod(period)
            .timeoutDuration(Duration.ZERO)
            .build());
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
  public boolean tryAcquire_granted_leased() {
    return leased.tryAcquire();
  }

  @Benchmark
  public boolean tryAcquire_granted_guava() {
    return generousGuava.tryAcquire();
  }

  @Benchmark
  public boolean tryAcquire_granted_resilience4j() {
    return generousResilience4j.acquirePermission();
  }

  @Benchmark
  public boolean tryAcquire_granted_failsafe() {
    return generousFailsafe.tryAcquirePermit();
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
  public boolean tryAcquire_refused_guava() {
    return emptyGuava.tryAcquire();
  }

  @Benchmark
  public boolean tryAcquire_refused_resilience4j() {
    return emptyResilience4j.acquirePermission();
  }

  @Benchmark
  public boolean tryAcquire_refused_failsafe() {
    return emptyFailsafe.tryAcquirePermit();
  }

  @Benchmark
  public boolean tryAcquire_refused_floor() {
    return System.nanoTime() < cell.get();
  }
}
