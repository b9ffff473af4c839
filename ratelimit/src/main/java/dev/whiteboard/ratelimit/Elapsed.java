package dev.whiteboard.ratelimit;

import com.google.common.base.Ticker;
import com.google.common.math.LongMath;
import java.time.Duration;

/**
 * Nanoseconds since a limiter was built, and the way from the clock's present reading to one of them.
 *
 * <p>{@link Long#MAX_VALUE} is the end of time: what would happen then never does.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class Elapsed {
  static final long NEVER = Long.MAX_VALUE;

  static final Duration FOREVER = Duration.ofNanos(NEVER);

  private final Ticker ticker;
  private final long originNanos;

  Elapsed(Ticker ticker) {
    this.ticker = ticker;
    originNanos = ticker.read();
  }

  /** What has passed since the origin; negative if the clock is behind it. */
  long reading() {
    return ticker.read() - originNanos;
  }

  /** The limiter's time at a reading: it starts at zero. */
  static long at(long reading) {
    return Math.max(0, reading);
  }

  /** How long a caller waits from a reading to {@code nanos}: the way back counts if the clock is behind the origin. */
  static Duration until(long nanos, long reading) {
    return nanos == NEVER
        ? FOREVER
        : Duration.ofNanos(Math.max(0, LongMath.saturatedSubtract(nanos, reading)));
  }
}
