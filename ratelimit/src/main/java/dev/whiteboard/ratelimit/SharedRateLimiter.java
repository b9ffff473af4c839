package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds every key to the same limit, on many machines together: they count in an engine that they all reach.
 *
 * <pre>{@code
 * var logins = SharedRateLimiter
 *     .tokenBucket(Limit.perSecond(100).burst(20), store, WhenUnreachable.REFUSE)
 *     .prefix("login:")
 *     .build();
 * Decision decision = logins.tryAcquire("user-42");
 * }</pre>
 *
 * <p><b>Idea.</b> A key is up to three whole numbers, and a request reads, decides and writes in one atomic step where
 * they lie: in Redis by a script ({@link RedisStore}), in a database by a conditional update ({@link SqlStore}). There
 * is no lock between machines, and nothing to release when one of them dies. The time is the engine's, or the caller's.
 *
 * <p><b>Token bucket.</b> One number, as in {@link TokenBucket}. Time is counted in ticks of 1/m microsecond, with m from
 * 1 to 7 such that a permit takes a whole number of them, or loses least. Up to seven permits in a whole number of
 * microseconds, once reduced, are exact: 1,000 a second, 7 in three seconds. Otherwise a permit takes up to one tick
 * longer: at rates near 7,000 a second up to 0.1 %. A limit that would lose more than 1 % is refused, and so is a burst
 * that takes more than 2^50 us (35 years) to arrive.
 *
 * <p><b>Windows.</b> {@link #fixedWindow} and {@link #slidingWindowCounter} count as {@link FixedWindow} and {@link
 * SlidingWindowCounter}, in windows from 2020-01-01T00:00:00Z on: all machines agree on their borders, and weeks begin on
 * Wednesday. If the clock steps back, the later window counts.
 *
 * <p><b>Law.</b> Between two moments a bucket passes no more than its burst, what arrives, and what arrives in the time
 * by which the clocks of two callers differ (and in one microsecond, the clock's grain). Stores that forget idle keys
 * keep this for clocks that differ by up to {@link Store#SPARE}. The engine must keep what it has said: a Redis replica
 * that takes over has not heard of the last grants.
 *
 * <p><b>Failure.</b> If the store throws, {@link WhenUnreachable} decides. A permit may have been taken all the same. The
 * log has one warning when the store begins to fail, and one line when 100 requests in a row have found it again.
 *
 * <p><b>Cost.</b> One call of the store a request, and none for more than the burst. <b>Thread safety.</b> Safe if the
 * store is.
 *
 * <p><b>Instead.</b> On one machine, {@link KeyedRateLimiter} decides in nanoseconds. For a rough limit on many, give each
 * its share of the rate.
 */
public final class SharedRateLimiter {
  /** What a key may have with its prefix: as much as fits into an indexed column of any database. */
  private static final int MOST_CHARACTERS = 255;

  private static final Decision MORE_THAN_BURST =
      new Decision(false, 0, Optional.empty(), Duration.ZERO);

  private final Limit limit;
  private final Terms terms;
  private final Store store;
  private final String prefix;
  private final Decision unreachable;
  private final OutageLog log;

  private final LongAdder granted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failures = new LongAdder();

  private SharedRateLimiter(Builder builder) {
    limit = builder.limit;
    terms = builder.terms;
    store = builder.store;
    prefix = builder.prefix;
    boolean allowed = builder.whenUnreachable == WhenUnreachable.ALLOW;
    unreachable = new Decision(
        allowed,
        0,
        Optional.of(allowed ? Duration.ZERO : builder.pause),
        allowed ? Duration.ZERO : builder.pause);
    log = new OutageLog(builder.logger, prefix, builder.whenUnreachable);
  }

  /**
   * Starts to describe a shared token bucket for each key.
   *
   * @param limit how much may pass for each key
   * @param store where it is counted
   * @param whenUnreachable what to answer while the store fails
   * @return a builder with an empty prefix
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if ticks of 1/7 us cannot keep the limit, as said above
   */
  public static Builder tokenBucket(Limit limit, Store store, WhenUnreachable whenUnreachable) {
    return new Builder(
        limit, Terms.Bucket.of(requireNonNull(limit, "limit")), store, whenUnreachable);
  }

  /**
   * Starts to describe a shared fixed window for each key.
   *
   * @param limit how much may pass for each key in a window; its burst is its permits, at most 2^50, and its period whole
   *     microseconds, at most 2^50
   * @param store where it is counted
   * @param whenUnreachable what to answer while the store fails
   * @return a builder with an empty prefix
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code limit} is out of range
   */
  public static Builder fixedWindow(Limit limit, Store store, WhenUnreachable whenUnreachable) {
    return new Builder(
        limit, Terms.Window.of(requireNonNull(limit, "limit")), store, whenUnreachable);
  }

  /**
   * Starts to describe a shared sliding window counter for each key.
   *
   * @param limit how much may pass for each key in a window; as for {@link #fixedWindow}, and permits times period is less
   *     than 2^53 us: 2 million an hour, 100,000 a day
   * @param store where it is counted
   * @param whenUnreachable what to answer while the store fails
   * @return a builder with an empty prefix
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code limit} is out of range
   */
  public static Builder slidingWindowCounter(
      Limit limit, Store store, WhenUnreachable whenUnreachable) {
    return new Builder(
        limit, Terms.Counter.of(requireNonNull(limit, "limit")), store, whenUnreachable);
  }

  /**
   * Takes one permit of a key if it is there.
   *
   * @param key whose permit, as for {@link #tryAcquire(String, long)}
   * @return as {@link #tryAcquire(String, long)}
   * @throws NullPointerException if {@code key} is null
   * @throws IllegalArgumentException if {@code key} is too long or not text
   */
  public Decision tryAcquire(String key) {
    return tryAcquire(key, 1);
  }

  /**
   * Takes permits of a key if all of them are there, in one call of the store.
   *
   * <p>The answer is for the next request: {@code remaining} and {@code resetAfter} count what this one has taken. What
   * is more than the burst is refused without asking, with zeros. If the store fails, {@code remaining} is 0; {@link
   * WhenUnreachable#REFUSE} sends the caller away for the builder's pause. If the thread is interrupted in the store, it
   * stays interrupted.
   *
   * @param key whose permits; at most 255 characters with the prefix, without U+0000 and lone surrogates
   * @param permits how many the request costs, at least 1
   * @return whether the request may pass, what is left, and when to come back
   * @throws NullPointerException if {@code key} is null
   * @throws IllegalArgumentException if {@code key} is too long or not text, or {@code permits} is less than 1
   */
  public Decision tryAcquire(String key, long permits) {
    String prefixed = checkText(prefix + requireNonNull(key, "key"), "prefix + key");
    Limit.checkPermits(permits);
    if (permits > limit.burst()) {
      refused.increment();
      return MORE_THAN_BURST;
    }
    Decision decision;
    try {
      decision = terms.decision(permits, store.apply(terms.command(prefixed, permits)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.increment();
      return unreachable;
    } catch (Exception e) {
      failures.increment();
      log.failed(e);
      return unreachable;
    }
    log.worked();
    (decision.allowed() ? granted : refused).increment();
    return decision;
  }

  /** Some engines cut, refuse or replace other strings, and then a caller could choose a key that is not counted. */
  private static String checkText(String text, String name) {
    checkArgument(
        text.length() <= MOST_CHARACTERS,
        "%s must have at most %s characters, had %s",
        name,
        MOST_CHARACTERS,
        text.length());
    checkArgument(
        text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text),
        "%s must be without U+0000 and lone surrogates, was %s",
        name,
        text);
    return text;
  }

  /**
   * Returns the limit of each key.
   *
   * @return the limit, as it was given
   */
  public Limit limit() {
    return limit;
  }

  /**
   * Counts what this limiter, on this machine, has answered.
   *
   * @return the counts; exact if no thread takes permits meanwhile
   */
  public Stats stats() {
    return new Stats(granted.sum(), refused.sum(), failures.sum());
  }

  /**
   * What a limiter has answered. Every request is one of the three.
   *
   * @param granted the requests that the store has granted
   * @param refused the requests that the store has refused, or that were for more than the burst
   * @param failures the requests for which the store has failed, whatever was answered
   */
  public record Stats(long granted, long refused, long failures) {}

  /** Describes a shared limiter. */
  public static final class Builder {
    private final Limit limit;
    private final Terms terms;
    private final Store store;
    private final WhenUnreachable whenUnreachable;
    private String prefix = "";
    private Duration pause = Duration.ofSeconds(1);
    private Logger logger = LoggerFactory.getLogger(SharedRateLimiter.class);

    private Builder(Limit limit, Terms terms, Store store, WhenUnreachable whenUnreachable) {
      this.limit = limit;
      this.terms = terms;
      this.store = requireNonNull(store, "store");
      this.whenUnreachable = requireNonNull(whenUnreachable, "whenUnreachable");
    }

    /**
     * Sets what comes before every key. Limiters that share a store need different prefixes, and so does a limit that
     * changes: otherwise a key may be refused until it would have been full under the old one.
     *
     * @param prefix the first characters of every key, at most 255, without U+0000 and lone surrogates
     * @return this builder
     * @throws NullPointerException if {@code prefix} is null
     * @throws IllegalArgumentException if {@code prefix} is too long or not text
     */
    public Builder prefix(String prefix) {
      this.prefix = checkText(requireNonNull(prefix, "prefix"), "prefix");
      return this;
    }

    /**
     * Sets what {@link WhenUnreachable#REFUSE} tells callers to wait. If this is not called, it is one second.
     *
     * @param pause the wait, from 0 to 2^63 - 1 ns
     * @return this builder
     * @throws NullPointerException if {@code pause} is null
     * @throws IllegalArgumentException if {@code pause} is out of range
     */
    public Builder pause(Duration pause) {
      Limit.checkNanos(pause, "pause", Duration.ZERO, Limit.LONGEST);
      this.pause = pause;
      return this;
    }

    Builder logger(Logger logger) {
      this.logger = logger;
      return this;
    }

    /**
     * Creates the limiter. The store is not asked.
     *
     * @return a limiter that has counted nothing itself
     */
    public SharedRateLimiter build() {
      return new SharedRateLimiter(this);
    }
  }
}
