package com.google.common.util.concurrent;

import com.google.common.base.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.NullMarked;

/** Opens Guava's limiter to another clock. It lies in Guava's package, for so does the only door. */
@NullMarked
public final class TickerRateLimiters {
  private TickerRateLimiters() {}

  /**
   * Creates the limiter that {@link RateLimiter#create(double)} creates, on another clock.
   *
   * @param permitsPerSecond the rate
   * @param ticker the clock, which is read in whole microseconds
   * @param sleeper is told how many microseconds a caller would sleep
   */
  public static RateLimiter create(double permitsPerSecond, Ticker ticker, LongConsumer sleeper) {
    return RateLimiter.create(permitsPerSecond, new RateLimiter.SleepingStopwatch() {
      private final long originNanos = ticker.read();

      @Override
      protected long readMicros() {
        return TimeUnit.NANOSECONDS.toMicros(ticker.read() - originNanos);
      }

      @Override
      protected void sleepMicrosUninterruptibly(long micros) {
        sleeper.accept(micros);
      }
    });
  }
}
