package dev.failsafe.internal;

import com.google.common.base.Ticker;
import dev.failsafe.RateLimiter;
import dev.failsafe.RateLimiterConfig;
import org.jspecify.annotations.NullMarked;

/** Opens Failsafe's limiters to another clock. It lies in Failsafe's package, for so does the only door. */
@NullMarked
public final class TickerRateLimiters {
  private TickerRateLimiters() {}

  /** Creates the limiter that {@link RateLimiter#builder} builds, on another clock. */
  public static RateLimiter<Object> create(RateLimiterConfig<Object> config, Ticker ticker) {
    return new RateLimiterImpl<>(config, new RateLimiterStats.Stopwatch() {
      private final long originNanos = ticker.read();

      @Override
      long elapsedNanos() {
        return ticker.read() - originNanos;
      }
    });
  }
}
