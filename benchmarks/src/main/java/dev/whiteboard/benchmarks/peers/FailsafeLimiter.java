package dev.whiteboard.benchmarks.peers;

import com.google.common.primitives.Ints;
import dev.failsafe.RateLimiter;
import dev.failsafe.RateLimiterBuilder;
import dev.failsafe.internal.TickerRateLimiters;
import dev.whiteboard.ratelimit.Limit;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Failsafe's limiters. */
record FailsafeLimiter(RateLimiter<Object> limiter) implements Limiter {
  /** Permits arrive at even intervals, and none are saved up. */
  static Kind smooth() {
    return kind(Promise.EVEN, limit -> RateLimiter.smoothBuilder(limit.permits(), limit.period()));
  }

  /** Permits of a period arrive at its start. */
  static Kind bursty() {
    return kind(
        Promise.WINDOW, limit -> RateLimiter.burstyBuilder(limit.permits(), limit.period()));
  }

  private static Kind kind(Promise promise, Function<Limit, RateLimiterBuilder<Object>> builder) {
    return Kind.of(
        promise,
        (limit, clock) -> new FailsafeLimiter(
            TickerRateLimiters.create(builder.apply(limit).build().getConfig(), clock)));
  }

  @Override
  public boolean tryAcquire(long permits) {
    return limiter.tryAcquirePermits(Ints.saturatedCast(permits));
  }

  @Override
  public Optional<Duration> reserve(long permits) {
    return Optional.of(limiter.reservePermits(Ints.saturatedCast(permits)));
  }
}
