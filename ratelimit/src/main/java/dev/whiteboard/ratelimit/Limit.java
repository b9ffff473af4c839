package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
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
  private static final Duration SHORTEST = Duration.ofNanos(1);
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
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
    requireNonNull(period, "period");
    checkArgument(
        period.compareTo(SHORTEST) >= 0 && period.compareTo(LONGEST) <= 0,
        "period must be in [%s, %s], was %s",
        SHORTEST,
        LONGEST,
        period);
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
