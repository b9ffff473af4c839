package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.ratelimit.Limit;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Bucket4j's bucket in memory, with the refill of its choice. */
final class Bucket4jLimiter implements Limiter {
  private final Function<Limit, Bandwidth> refill;
  private final Bucket bucket;

  private Bucket4jLimiter(Function<Limit, Bandwidth> refill, List<Limit> limits, HandClock clock) {
    this.refill = refill;
    LocalBucketBuilder builder = Bucket.builder().withCustomTimePrecision(new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return clock.read();
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    });
    limits.forEach(limit -> builder.addLimit(refill.apply(limit)));
    bucket = builder.build();
  }

  /** Permits arrive one by one. */
  static Kind greedy() {
    return kind(
        Promise.BUCKET,
        limit -> Bandwidth.builder()
            .capacity(limit.burst())
            .refillGreedy(limit.permits(), limit.period())
            .build());
  }

  /** Permits of a period arrive at its end. */
  static Kind intervally() {
    return kind(
        Promise.WINDOW,
        limit -> Bandwidth.builder()
            .capacity(limit.burst())
            .refillIntervally(limit.permits(), limit.period())
            .build());
  }

  private static Kind kind(Promise promise, Function<Limit, Bandwidth> refill) {
    return Kind.of(promise, (limit, clock) -> new Bucket4jLimiter(refill, List.of(limit), clock))
        .withJoint((limits, clock) -> new Bucket4jLimiter(refill, limits, clock));
  }

  @Override
  public boolean tryAcquire(long permits) {
    return bucket.tryConsume(permits);
  }

  @Override
  public Optional<Duration> retryAfter(long permits) {
    return Optional.of(
        Duration.ofNanos(bucket.estimateAbilityToConsume(permits).getNanosToWaitForRefill()));
  }

  @Override
  public Optional<Duration> reserve(long permits) {
    AtomicLong waitNanos = new AtomicLong();
    return bucket.asBlocking().tryConsumeUninterruptibly(permits, Long.MAX_VALUE, waitNanos::set)
        ? Optional.of(Duration.ofNanos(waitNanos.get()))
        : Optional.empty();
  }

  @Override
  public void refund(long permits) {
    bucket.addTokens(permits);
  }

  @Override
  public void changeLimit(Limit next) {
    bucket.replaceConfiguration(
        BucketConfiguration.builder().addLimit(refill.apply(next)).build(),
        TokensInheritanceStrategy.AS_IS);
  }
}
