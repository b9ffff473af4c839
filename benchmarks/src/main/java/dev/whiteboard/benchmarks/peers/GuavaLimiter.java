package dev.whiteboard.benchmarks.peers;

import com.google.common.primitives.Ints;
import com.google.common.util.concurrent.RateLimiter;
import com.google.common.util.concurrent.TickerRateLimiters;
import dev.whiteboard.ratelimit.Limit;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Guava's limiter: a number of permits a second, of which those of a second are saved up. Its clock counts microseconds. */
final class GuavaLimiter implements Limiter {
  private final RateLimiter limiter;
  private long sleptMicros;

  private GuavaLimiter(Limit limit, HandClock clock) {
    limiter = TickerRateLimiters.create(perSecond(limit), clock, micros -> sleptMicros = micros);
  }

  static Kind kind() {
    return Kind.of(Promise.CREDIT, GuavaLimiter::new).withTickNanos(1000);
  }

  private static double perSecond(Limit limit) {
    return 1e9 * limit.permits() / limit.period().toNanos();
  }

  @Override
  public boolean tryAcquire(long permits) {
    return limiter.tryAcquire(Ints.saturatedCast(permits));
  }

  @Override
  public Optional<Duration> reserve(long permits) {
    double unused = limiter.acquire(Ints.saturatedCast(permits));
    return Optional.of(Duration.of(sleptMicros, ChronoUnit.MICROS));
  }

  @Override
  public void changeLimit(Limit next) {
    limiter.setRate(perSecond(next));
  }
}
