package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Keeps a few whole numbers for each key where all machines see them, and takes permits in one atomic step.
 *
 * <p><b>Idea.</b> A command brings the key, the permits and the limit; the store reads the key's numbers, decides, and
 * writes them back if it grants. Let {@code now} be {@link #microsOf} of its clock, and a key that was never seen be
 * all zeros.
 *
 * <pre>{@code
 * TOKEN_BUCKET            now = now * scale
 *                         arrival = max(arrival, now)
 *                         grant if arrival + cost <= now + capacity:  arrival += cost
 *                         ahead = arrival - now
 *
 * FIXED_WINDOW            w = now / scale
 *                         if window < w:  window = w, used = 0
 *                         grant if used + cost <= capacity:  used += cost
 *                         ahead = (window + 1) * scale - now
 *
 * SLIDING_WINDOW_COUNTER  w = now / scale
 *                         if window < w:  before = window == w - 1 ? used : 0,  window = w, used = 0
 *                         ahead = (window + 1) * scale - now
 *                         rest = min(ahead, scale)
 *                         grant if before * rest / scale + used + cost <= capacity:  used += cost
 * }</pre>
 *
 * <p>Division rounds down. A refusal writes nothing, not even a later expiry. A key may be forgotten once its numbers
 * make no difference: when {@code ahead} ticks or microseconds have passed, and one window more for the sliding counter.
 * If callers bring their own clocks, keep it as much longer as the clocks may differ; otherwise the same permits are
 * granted again by one clock after the other. All numbers, sums and products are below 2^53 until 2055.
 *
 * <p><b>Thread safety.</b> A store is called by all threads of its limiter at once.
 */
@FunctionalInterface
public interface Store {
  /** Where time and windows are counted from: recent, so that microseconds leave bits for their fractions. */
  Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");

  /** 2^53 us after {@link #EPOCH}, in the year 2305: later moments count as this one. */
  Instant LATEST = EPOCH.plus(1L << 53, ChronoUnit.MICROS);

  /** How much longer than needed {@link RedisStore} and {@link SqlStore} keep a key if callers bring their own clocks. */
  Duration SPARE = Duration.ofMinutes(1);

  /**
   * Takes the permits of a command if they are there.
   *
   * @param command what to take
   * @return whether they were taken, and the key's numbers after that
   * @throws Exception if the store cannot be reached, or does not work
   */
  Reply apply(Command command) throws Exception;

  /**
   * Returns the time as stores count it.
   *
   * @param time a moment
   * @return the whole microseconds from {@link #EPOCH} to it, from 0 to 2^53
   * @throws NullPointerException if {@code time} is null
   */
  static long microsOf(Instant time) {
    requireNonNull(time, "time");
    if (time.isBefore(EPOCH)) {
      return 0;
    }
    return time.isBefore(LATEST) ? ChronoUnit.MICROS.between(EPOCH, time) : 1L << 53;
  }

  /** How permits are counted. */
  enum Algorithm {
    /** Refills evenly, as {@link TokenBucket}. */
    TOKEN_BUCKET,

    /** Counts anew in every window, as {@link FixedWindow}. */
    FIXED_WINDOW,

    /** Counts the present window and a share of the one before, as {@link SlidingWindowCounter}. */
    SLIDING_WINDOW_COUNTER
  }

  /**
   * What to take, and from what.
   *
   * @param key whose permits, with the limiter's prefix
   * @param algorithm how they are counted
   * @param cost what to take: ticks for a token bucket, or else permits; from 1 to {@code capacity}
   * @param capacity the most that can be taken at once, in the same unit
   * @param scale for a token bucket the ticks in a microsecond, or else the microseconds in a window; at least 1
   */
  record Command(String key, Algorithm algorithm, long cost, long capacity, long scale) {
    /**
     * Checks each number.
     *
     * @param key whose permits
     * @param algorithm how they are counted
     * @param cost what to take
     * @param capacity the most that can be taken at once
     * @param scale the ticks in a microsecond, or the microseconds in a window
     * @throws NullPointerException if {@code key} or {@code algorithm} is null
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Command {
      requireNonNull(key, "key");
      requireNonNull(algorithm, "algorithm");
      checkArgument(
          cost >= 1 && cost <= capacity, "cost must be in [1, %s], was %s", capacity, cost);
      checkArgument(scale >= 1, "scale must be >= 1, was %s", scale);
    }
  }

  /**
   * Whether permits were taken, and the key's numbers: after the taking, or as they are.
   *
   * @param granted whether they were taken
   * @param ahead for a token bucket how many ticks ahead its arrival time lies, or else the microseconds until the window
   *     ends; at least 0
   * @param used what is taken in the window; 0 for a token bucket
   * @param before what was taken in the window before; 0 but for the sliding window counter
   */
  record Reply(boolean granted, long ahead, long used, long before) {
    /**
     * Checks each number.
     *
     * @param granted whether the permits were taken
     * @param ahead the ticks to the arrival time, or the microseconds to the window's end
     * @param used what is taken in the window
     * @param before what was taken in the window before
     * @throws IllegalArgumentException if a number is negative
     */
    public Reply {
      checkArgument(ahead >= 0, "ahead must be >= 0, was %s", ahead);
      checkArgument(used >= 0, "used must be >= 0, was %s", used);
      checkArgument(before >= 0, "before must be >= 0, was %s", before);
    }
  }
}
