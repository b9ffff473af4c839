package dev.whiteboard.benchmarks.peers;

import com.google.common.primitives.Ints;
import dev.whiteboard.ratelimit.Limit;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import java.util.Optional;

/** Resilience4j's limiter: a number of permissions in each cycle. */
final class Resilience4jLimiter implements Limiter {
  private static final Duration ANY = Duration.ofNanos(Long.MAX_VALUE);

  private final AtomicRateLimiter limiter;

  private Resilience4jLimiter(Limit limit, HandClock clock) {
    RateLimiterConfig config = RateLimiterConfig.custom()
        .limitForPeriod(Ints.saturatedCast(limit.permits()))
        .limitRefreshPeriod(limit.period())
        .timeoutDuration(Duration.ZERO)
        .build();
    limiter = new AtomicRateLimiter("limiter", config, clock::read);
  }

  static Kind kind() {
    return Kind.of(Promise.WINDOW, Resilience4jLimiter::new);
  }

  @Override
  public boolean tryAcquire(long permits) {
    return limiter.acquirePermission(Ints.saturatedCast(permits));
  }

  @Override
  public Optional<Duration> reserve(long permits) {
    limiter.changeTimeoutDuration(ANY);
    long waitNanos = limiter.reservePermission(Ints.saturatedCast(permits));
    limiter.changeTimeoutDuration(Duration.ZERO);
    return waitNanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(waitNanos));
  }

  @Override
  public void changeLimit(Limit next) {
    if (!next.period().equals(limiter.getRateLimiterConfig().getLimitRefreshPeriod())) {
      throw new NotApplicable("its period is fixed");
    }
    limiter.changeLimitForPeriod(Ints.saturatedCast(next.permits()));
  }
}
