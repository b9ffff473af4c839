package dev.whiteboard.core.job;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * How often a job is tried, and how long it waits after a failure.
 *
 * @param attempts how often a job is taken before it is a dead letter, 1 or more; a worker that dies counts as well
 * @param backoff from the number of the attempt that has failed, from 1 on, to the wait before the next one, from 0 to
 *     36,500 days; several threads may call it at once
 */
public record Retry(int attempts, IntFunction<Duration> backoff) {
  /**
   * Describes retries.
   *
   * @param attempts how often a job is taken before it is a dead letter, 1 or more
   * @param backoff from the number of the attempt that has failed, from 1 on, to the wait before the next one
   * @throws NullPointerException if {@code backoff} is null
   * @throws IllegalArgumentException if {@code attempts} is out of range
   */
  public Retry {
    checkArgument(attempts >= 1, "attempts must be >= 1, was %s", attempts);
    requireNonNull(backoff, "backoff");
  }

  /**
   * Waits {@code base} after the first failure and twice as long after each further one, up to {@code longest}, without
   * jitter.
   *
   * @param attempts how often a job is taken before it is a dead letter, 1 or more
   * @param base the first wait, from 1 ms to 36,500 days
   * @param longest no wait is longer, from {@code base} to 36,500 days
   * @return retries
   * @throws NullPointerException if a duration is null
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Retry doubling(int attempts, Duration base, Duration longest) {
    long first = Limits.checkDuration(base, "base", Duration.ofMillis(1)).toMillis();
    long most = Limits.checkDuration(longest, "longest", base).toMillis();
    return new Retry(attempts, attempt -> {
      int doublings = attempt - 1;
      boolean fits = doublings < Long.numberOfLeadingZeros(first) - 1;
      return Duration.ofMillis(fits ? Math.min(most, first << doublings) : most);
    });
  }

  /** The wait before the next attempt, or nothing if there is none. */
  Optional<Duration> after(int attempt) {
    return attempt >= attempts
        ? Optional.empty()
        : Optional.of(Limits.checkDuration(backoff.apply(attempt), "backoff", Duration.ZERO));
  }
}
