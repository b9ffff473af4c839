package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.math.LongMath;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Tells a client how long to wait before it tries again.
 *
 * <p><b>Idea.</b> The longest wait doubles with each attempt, up to a cap. Clients that failed together would still
 * come back together: so each draws its wait at random. <i>Full jitter</i> draws from nothing up to the longest wait;
 * <i>decorrelated jitter</i> draws from the base up to three times the wait before, and so needs no count of attempts.
 * Brooker, <i>Exponential Backoff and Jitter</i>, AWS, 2015: with 100 clients that compete for one record, full jitter
 * needs about half the calls of doubling alone.
 *
 * <p><b>Cost.</b> A random number and a {@code Duration}. <b>Thread safety.</b> As safe as the generator.
 *
 * <p><b>Instead.</b> Nothing replaces it, but waiting bounds no load: bound the number of retries with a {@link
 * RetryBudget}, and stop asking a server that refuses with {@link AdaptiveThrottle}.
 */
public final class Backoff {
  /** Half of what a long holds, so that a bound can be one more. */
  private static final Duration MOST = Duration.ofNanos(1L << 62);

  private final long baseNanos;
  private final long capNanos;
  private final RandomGenerator random;

  private Backoff(long baseNanos, long capNanos, RandomGenerator random) {
    this.baseNanos = baseNanos;
    this.capNanos = capNanos;
    this.random = random;
  }

  /**
   * Creates a backoff.
   *
   * @param base the longest wait before the first retry, from 1 ns to 2^62 ns (146 years)
   * @param cap the longest wait before any retry, from {@code base} to 2^62 ns
   * @param random where the jitter comes from
   * @return a backoff, which holds no state but the generator's
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if a duration is out of range
   */
  public static Backoff of(Duration base, Duration cap, RandomGenerator random) {
    long baseNanos = Limit.checkNanos(base, "base", Limit.SHORTEST, MOST);
    long capNanos = Limit.checkNanos(cap, "cap", base, MOST);
    return new Backoff(baseNanos, capNanos, requireNonNull(random, "random"));
  }

  /**
   * Returns the longest wait before a retry: {@code base * 2^attempt}, or the cap if that is less.
   *
   * @param attempt how many retries went before, from 0 to 2^31 - 1
   * @return the longest wait, without jitter
   * @throws IllegalArgumentException if {@code attempt} is negative
   */
  public Duration longest(int attempt) {
    return Duration.ofNanos(longestNanos(attempt));
  }

  /**
   * Draws a wait with full jitter: anything from zero to the longest wait is equally likely.
   *
   * @param attempt how many retries went before, from 0 to 2^31 - 1
   * @return the wait, in [0, {@code longest(attempt)}]
   * @throws IllegalArgumentException if {@code attempt} is negative
   */
  public Duration fullJitter(int attempt) {
    return Duration.ofNanos(random.nextLong(longestNanos(attempt) + 1));
  }

  /**
   * Draws a wait with decorrelated jitter: anything from the base to three times the wait before, then cut at the cap.
   *
   * @param previous the wait before the retry that has just failed; zero if there was none
   * @return the wait, in [{@code base}, {@code cap}]
   * @throws NullPointerException if {@code previous} is null
   * @throws IllegalArgumentException if {@code previous} is negative or longer than 2^62 ns
   */
  public Duration decorrelatedJitter(Duration previous) {
    long most =
        LongMath.saturatedMultiply(Limit.checkNanos(previous, "previous", Duration.ZERO, MOST), 3);
    long bound = Math.max(most, baseNanos) - baseNanos;
    return Duration.ofNanos(Math.min(capNanos, baseNanos + random.nextLong(bound + 1)));
  }

  /**
   * Lengthens a wait by what the server asked for ({@code Retry-After}). The jitter is added rather than taken into the
   * wait, so that nobody comes too early and not all come at once.
   *
   * @param wait a wait with jitter, 0 or more
   * @param retryAfter what the server asked for, 0 or more
   * @return the sum, which the cap does not bound; 2^63 - 1 ns if it is longer
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if an argument is negative or longer than 2^62 ns
   */
  public static Duration honouring(Duration wait, Duration retryAfter) {
    return Duration.ofNanos(LongMath.saturatedAdd(
        Limit.checkNanos(wait, "wait", Duration.ZERO, MOST),
        Limit.checkNanos(retryAfter, "retryAfter", Duration.ZERO, MOST)));
  }

  private long longestNanos(int attempt) {
    checkArgument(attempt >= 0, "attempt must be >= 0, was %s", attempt);
    return attempt < Long.numberOfLeadingZeros(baseNanos) - 1
        ? Math.min(capNanos, baseNanos << attempt)
        : capNanos;
  }
}
