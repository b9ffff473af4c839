package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.math.LongMath;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * How much may pass: {@code permits} in every {@code period} on average, and {@code burst} at once.
 *
 * <pre>{@code
 * Limit.perSecond(100)                                // 100 a second, 100 at once
 * Limit.of(1000).per(Duration.ofHours(1)).burst(20)   // 1,000 an hour, 20 at once
 * }</pre>
 *
 * <p><b>Cost.</b> Three fields. <b>Thread safety.</b> Immutable.
 *
 * @param permits how many permits arrive in a period: at least 1, and fewer than 16 a nanosecond
 * @param period the time in which they arrive, from 1 ns to 2^63 - 1 ns (292 years)
 * @param burst the most that can be saved up and taken at once: from 1 to 2^61, and no more than arrives in 2^63 ns
 */
public record Limit(long permits, Duration period, long burst) {
  static final Duration SHORTEST = Duration.ofNanos(1);
  static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  /** The time for which a token bucket's error is below one nanosecond, which {@link #strict} relies on. */
  private static final Duration LONGEST_STRICT = Duration.ofNanos(1L << 59);

  private static final long MAX_BURST = 1L << 61;

  /**
   * Checks each number for itself and against the others.
   *
   * @param permits how many permits arrive in a period
   * @param period the time in which they arrive
   * @param burst the most that can be saved up and taken at once
   * @throws NullPointerException if {@code period} is null
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Limit {
    checkPermits(permits);
    checkNanos(period, "period", SHORTEST, LONGEST);
    checkArgument(
        permits / 16 < period.toNanos(),
        "permits must be < 16 per nanosecond, was %s per %s",
        permits,
        period);
    checkArgument(
        burst >= 1 && burst <= MAX_BURST, "burst must be in [1, %s], was %s", MAX_BURST, burst);
    checkArgument(
        BigInteger.valueOf(burst)
                .multiply(BigInteger.valueOf(period.toNanos()))
                .divide(BigInteger.valueOf(permits))
                .bitLength()
            < Long.SIZE,
        "burst must arrive within %s, was %s at %s per %s",
        LONGEST,
        burst,
        permits,
        period);
  }

  /**
   * Starts to describe a limit: {@code Limit.of(100).per(Duration.ofMinutes(1))}.
   *
   * @param permits how many permits arrive in a period, at least 1
   * @return the number of permits, which waits for its period
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  public static Permits of(long permits) {
    return new Permits(checkPermits(permits));
  }

  /**
   * Returns a limit of so many permits a second, all of which can be taken at once.
   *
   * @param permits how many permits arrive in a second, from 1 to 16e9 - 1
   * @return a limit whose burst is {@code permits}
   * @throws IllegalArgumentException if {@code permits} is out of range
   */
  public static Limit perSecond(long permits) {
    return of(permits).per(Duration.ofSeconds(1));
  }

  /**
   * Returns a limit that a {@link TokenBucket} keeps without letting more than {@code permits} through in any window.
   *
   * <p>A token bucket passes up to {@code burst + rate * time}. So a tenth of the permits, rounded up, becomes the
   * burst, and the rest, plus one, arrives evenly: 100 a second become 91 a second with a burst of 10. The one more is
   * safe: it would arrive at the very end of a window, and a window does not include its end. A tenth is a compromise:
   * a smaller burst refuses more of an uneven load, and a larger one lowers the rate.
   *
   * @param permits the most that may pass in a window, at least 1
   * @param window the length of a window, which includes its start and not its end, from 1 ns to 2^59 ns (18 years)
   * @return a limit whose burst and rate together exceed no such window
   * @throws NullPointerException if {@code window} is null
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static Limit strict(long permits, Duration window) {
    checkPermits(permits);
    checkNanos(window, "window", SHORTEST, LONGEST_STRICT);
    long burst = LongMath.divide(permits, 10, RoundingMode.CEILING);
    return new Limit(permits - burst + 1, window, burst);
  }

  /**
   * Returns this limit with another burst.
   *
   * @param burst the most that can be saved up and taken at once
   * @return a limit with the same rate
   * @throws IllegalArgumentException if {@code burst} is out of range
   */
  public Limit burst(long burst) {
    return new Limit(permits, period, burst);
  }

  /** Returns {@code permits}, or throws if there are none. */
  static long checkPermits(long permits) {
    checkArgument(permits >= 1, "permits must be >= 1, was %s", permits);
    return permits;
  }

  /** Returns a duration in nanoseconds, or throws unless it lies between two others. */
  static long checkNanos(Duration duration, String name, Duration least, Duration most) {
    requireNonNull(duration, name);
    checkArgument(
        duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
        "%s must be in [%s, %s], was %s",
        name,
        least,
        most,
        duration);
    return duration.toNanos();
  }

  /** Throws unless {@code maxWait} is zero or more. */
  static void checkMaxWait(Duration maxWait) {
    requireNonNull(maxWait, "maxWait");
    checkArgument(!maxWait.isNegative(), "maxWait must be >= 0, was %s", maxWait);
  }

  /** Returns {@code limit}, or throws unless all permits of its period can be taken at once. */
  static Limit checkWindow(Limit limit, String name) {
    requireNonNull(limit, name);
    checkArgument(
        limit.burst == limit.permits,
        "burst must be equal to permits (%s), was %s",
        limit.permits,
        limit.burst);
    return limit;
  }

  /** A number of permits that waits for its period. */
  public static final class Permits {
    private final long permits;

    private Permits(long permits) {
      this.permits = permits;
    }

    /**
     * Completes the limit.
     *
     * @param period the time in which the permits arrive, from 1 ns to 2^63 - 1 ns (292 years)
     * @return a limit whose burst is its number of permits
     * @throws NullPointerException if {@code period} is null
     * @throws IllegalArgumentException if {@code period} is out of range, or the permits are too many for it
     */
    public Limit per(Duration period) {
      return new Limit(permits, period, permits);
    }
  }
}
