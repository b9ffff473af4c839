package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Bounds how many requests are in flight, and finds the bound by the latency that it causes.
 *
 * <p><b>Idea.</b> Additive increase, multiplicative decrease. While requests come back within the target and at least
 * half of the limit is used, the limit grows by one for each limit's worth of them: once a round trip. When one comes
 * back late or dropped, the limit shrinks to a share of itself, and then rests until as many requests have come back as
 * were in flight: they started under the old limit, so they tell nothing about the new one. Chiu and Jain,
 * <i>Analysis of the Increase and Decrease Algorithms for Congestion Avoidance in Computer Networks</i>, 1989: several
 * clients that share a server converge to equal shares.
 *
 * <p>A rate is the wrong limit for a server whose speed changes. What keeps latency bounded is the number of requests
 * that wait, and by Little's law it is rate times latency.
 *
 * <p><b>Cost.</b> A few additions under a lock; no clock, no allocation. 40 bytes and the configuration.
 * <b>Thread safety.</b> Safe; a lock is held. No request is let in while as many as the limit are in flight.
 *
 * <p><b>Instead.</b> If the number is known and does not change, use a {@code Semaphore}.
 */
public final class ConcurrencyLimiter {
  /** How a request ended. */
  public enum Outcome {
    /** It was answered; its latency counts. */
    SUCCESS,
    /** It was rejected or timed out for overload: the limit shrinks whatever the latency. */
    DROPPED,
    /** It ended for a reason that tells nothing of the server's load: a bad argument, a cancelled call. */
    IGNORED
  }

  private final int min;
  private final int max;
  private final long targetNanos;
  private final double backoff;

  /** Guarded by {@code this}, as is all below. */
  private int limit;

  private int inFlight;

  /** Requests that came back in time since the limit last changed. */
  private int inTime;

  /** Requests that are still to come back before the limit may change again. */
  private int resting;

  private ConcurrencyLimiter(Builder builder) {
    min = builder.min;
    max = builder.max;
    targetNanos = builder.targetNanos;
    backoff = builder.backoff;
    limit = Math.max(min, Math.min(builder.initial, max));
  }

  /**
   * Starts to describe a limiter.
   *
   * @param target the latency up to which the limit may grow, from 1 ns to 2^63 - 1 ns
   * @return a builder with a limit from 1 to 1,000 that starts at 20 and shrinks to nine tenths
   * @throws NullPointerException if {@code target} is null
   * @throws IllegalArgumentException if {@code target} is out of range
   */
  public static Builder builder(Duration target) {
    return new Builder(Limit.checkNanos(target, "target", Limit.SHORTEST, Limit.LONGEST));
  }

  /**
   * Lets a request in if fewer than the limit are in flight. Each request that was let in must be released once.
   *
   * @return whether the request may start
   */
  public synchronized boolean tryAcquire() {
    if (inFlight >= limit) {
      return false;
    }
    inFlight++;
    return true;
  }

  /**
   * Tells that a request has come back.
   *
   * @param latencyNanos how long it took, 0 or more; it matters for {@link Outcome#SUCCESS} only
   * @param outcome how it ended
   * @throws NullPointerException if {@code outcome} is null
   * @throws IllegalArgumentException if {@code latencyNanos} is negative
   * @throws IllegalStateException if no request is in flight
   */
  public synchronized void release(long latencyNanos, Outcome outcome) {
    checkArgument(latencyNanos >= 0, "latencyNanos must be >= 0, was %s", latencyNanos);
    requireNonNull(outcome, "outcome");
    checkState(inFlight > 0, "release without acquire: nothing is in flight");
    int before = inFlight--;
    if (resting > 0) {
      resting--;
    } else if (outcome == Outcome.DROPPED
        || (outcome == Outcome.SUCCESS && latencyNanos > targetNanos)) {
      shrink();
    } else if (outcome == Outcome.SUCCESS && before >= limit - before) {
      grow();
    }
  }

  private void grow() {
    if (limit < max && ++inTime >= limit) {
      limit++;
      inTime = 0;
    }
  }

  private void shrink() {
    limit = Math.max(min, (int) (limit * backoff));
    inTime = 0;
    resting = inFlight;
  }

  /**
   * Describes the limiter at this moment.
   *
   * @return the limit and the requests in flight, which can be more after the limit has shrunk
   */
  public synchronized Stats stats() {
    return new Stats(limit, inFlight);
  }

  /**
   * What {@link ConcurrencyLimiter#stats()} saw.
   *
   * @param limit how many requests may be in flight
   * @param inFlight how many are
   */
  public record Stats(int limit, int inFlight) {}

  /** Describes a limiter. */
  public static final class Builder {
    private final long targetNanos;
    private int min = 1;
    private int max = 1000;
    private int initial = 20;
    private double backoff = 0.9;

    private Builder(long targetNanos) {
      this.targetNanos = targetNanos;
    }

    /**
     * Bounds the limit.
     *
     * @param min the least limit, at least 1
     * @param max the largest limit, at least {@code min}
     * @return this builder
     * @throws IllegalArgumentException if a bound is out of range
     */
    public Builder between(int min, int max) {
      checkArgument(min >= 1, "min must be >= 1, was %s", min);
      checkArgument(max >= min, "max must be >= min (%s), was %s", min, max);
      this.min = min;
      this.max = max;
      return this;
    }

    /**
     * Sets the limit to start with.
     *
     * @param initial the first limit, at least 1; the bounds cut it
     * @return this builder
     * @throws IllegalArgumentException if {@code initial} is less than 1
     */
    public Builder initial(int initial) {
      checkArgument(initial >= 1, "initial must be >= 1, was %s", initial);
      this.initial = initial;
      return this;
    }

    /**
     * Sets what is left of the limit when a request is late or dropped.
     *
     * @param backoff the share that is left, rounded down: more than 0 and less than 1
     * @return this builder
     * @throws IllegalArgumentException if {@code backoff} is out of range or not a number
     */
    public Builder backoff(double backoff) {
      checkArgument(backoff > 0 && backoff < 1, "backoff must be in (0, 1), was %s", backoff);
      this.backoff = backoff;
      return this;
    }

    /**
     * Creates the limiter.
     *
     * @return a limiter with nothing in flight
     */
    public ConcurrencyLimiter build() {
      return new ConcurrencyLimiter(this);
    }
  }
}
