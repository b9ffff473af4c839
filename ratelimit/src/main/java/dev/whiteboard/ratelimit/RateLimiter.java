package dev.whiteboard.ratelimit;

import java.time.Duration;

/**
 * Decides at once whether one more request may pass; it never blocks and never lets a request run into debt.
 *
 * <p>A request takes all of its permits or none, and a refused request changes nothing. A request for more than the
 * burst can never pass, so it is refused at once.
 *
 * <p><b>Thread safety.</b> Every implementation can be called from any thread.
 */
public interface RateLimiter {
  /**
   * Starts to describe a token bucket, the usual limiter.
   *
   * @param limit how much may pass
   * @return a builder with the system's ticker
   * @throws NullPointerException if {@code limit} is null
   */
  static TokenBucket.Builder tokenBucket(Limit limit) {
    return new TokenBucket.Builder(limit);
  }

  /**
   * Takes one permit if it is there.
   *
   * @return whether the request may pass
   */
  default boolean tryAcquire() {
    return tryAcquire(1);
  }

  /**
   * Takes permits if all of them are there.
   *
   * @param permits how many the request costs, at least 1
   * @return whether the request may pass; always false for more than the burst
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  boolean tryAcquire(long permits);

  /**
   * Tells what {@link #tryAcquire(long)} would answer now, and takes nothing.
   *
   * @param permits how many the request would cost, at least 1
   * @return the answer, what remains, and when to come back
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  Decision peek(long permits);

  /**
   * Gives back permits that were taken for work that was not done. There are never more than the burst: what is above
   * is lost.
   *
   * @param permits how many, at least 1
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  void refund(long permits);

  /**
   * Returns the limit that is kept.
   *
   * @return the limit, as it was given
   */
  Limit limit();

  /**
   * Describes the limiter at this moment.
   *
   * @return what is available and when all of it will be
   */
  default Stats stats() {
    Decision next = peek(1);
    return new Stats(next.remaining(), next.resetAfter());
  }

  /**
   * What {@link RateLimiter#stats()} saw.
   *
   * @param available how many whole permits could be taken
   * @param untilFull the least time after which the limiter is as good as new, if nobody takes a permit
   */
  record Stats(long available, Duration untilFull) {}
}
