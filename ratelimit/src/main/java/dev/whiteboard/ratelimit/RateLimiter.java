package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Decides whether one more request may pass: now, later, or never.
 *
 * <p>A request takes all of its permits or none, and a refused request changes nothing. A request for more than the
 * burst can never pass, so it is refused at once. {@link #tryAcquire(long)} answers for this moment. {@link #reserve}
 * takes permits that have yet to arrive and tells how long to wait; {@link #acquire(long)} and {@link #acquireAsync} do
 * the waiting. Requests are served first come, first served: while one waits for its permits, no later one passes it.
 *
 * <p><b>Time.</b> If the clock steps back, a limiter's time stands still until the clock has caught up. What would
 * arrive after the end of a limiter's time, or in 2^63 - 1 ns (292 years) or more, never arrives.
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
  static LimiterBuilder<TokenBucket> tokenBucket(Limit limit) {
    return LimiterBuilder.of(new Gcra(requireNonNull(limit, "limit")), TokenBucket::new);
  }

  /**
   * Starts to describe a queue that lets requests leave at even intervals.
   *
   * @param limit how fast requests leave, and how many the queue holds (the burst)
   * @return a builder with the system's ticker
   * @throws NullPointerException if {@code limit} is null
   */
  static LimiterBuilder<LeakyBucket> leakyBucket(Limit limit) {
    return LimiterBuilder.of(requireNonNull(limit, "limit"), LeakyBucket::new);
  }

  /**
   * Starts to describe a counter that starts again in each period.
   *
   * @param limit how much may pass in each period
   * @return a builder with the system's ticker
   * @throws NullPointerException if {@code limit} is null
   * @throws IllegalArgumentException if the burst is not the number of permits
   */
  static LimiterBuilder<FixedWindow> fixedWindow(Limit limit) {
    return LimiterBuilder.of(Limit.checkWindow(limit, "limit"), FixedWindow::new);
  }

  /**
   * Starts to describe the limiter that remembers each permit, and so exceeds no window.
   *
   * @param limit how much may pass in any period
   * @return a builder with the system's ticker
   * @throws NullPointerException if {@code limit} is null
   * @throws IllegalArgumentException if the burst is not the number of permits, or that is above 2^27
   */
  static LimiterBuilder<SlidingWindowLog> slidingWindowLog(Limit limit) {
    return LimiterBuilder.of(SlidingWindowLog.checkLimit(limit, "limit"), SlidingWindowLog::new);
  }

  /**
   * Starts to describe the limiter that estimates a sliding window from two fixed ones.
   *
   * @param limit how much may pass in a period, about
   * @return a builder with the system's ticker
   * @throws NullPointerException if {@code limit} is null
   * @throws IllegalArgumentException if the burst is not the number of permits
   */
  static LimiterBuilder<SlidingWindowCounter> slidingWindowCounter(Limit limit) {
    return LimiterBuilder.of(Limit.checkWindow(limit, "limit"), SlidingWindowCounter::new);
  }

  /**
   * Joins limiters into one that lets a request pass if all of them do: 5 a second, and 20 in ten seconds.
   *
   * <p>A request takes its permits from every limiter or from none. All are asked before any is touched, so a refusal
   * leaves each as if it had not been asked. Only if another caller comes between the asking and the taking are permits
   * given back: exactly those that were taken. Until then that caller may be refused.
   *
   * <p>{@link #peek} tells the least remainder and the longest times. {@link #reserve} tells the longest wait; each
   * limiter counts the permits from its own shorter wait on. {@link #refund} gives back to all. {@link #limit} is the one
   * with the smallest burst. {@link #changeLimit} throws {@link UnsupportedOperationException}: change the limit of a
   * part.
   *
   * <p><b>Cost.</b> Two decisions of each limiter.
   *
   * @param limiters the parts, at least one and all different; also limiters that others use on their own
   * @return a limiter that is the sum of its parts
   * @throws NullPointerException if {@code limiters} or one of them is null
   * @throws IllegalArgumentException if there are none, or one is there twice
   */
  static RateLimiter allOf(RateLimiter... limiters) {
    return new AllOf(limiters);
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
   * Takes permits now, even if they arrive later, and tells how long to wait before acting on them.
   *
   * @param permits how many the request costs, at least 1
   * @param maxWait the longest wait that is worth it, 0 or more
   * @return the least wait in whole nanoseconds rounded up, zero if the request may pass at once; empty if it is longer
   *     than {@code maxWait} or the permits are more than the burst, and then nothing is taken
   * @throws NullPointerException if {@code maxWait} is null
   * @throws IllegalArgumentException if {@code permits} is less than 1 or {@code maxWait} is negative
   */
  Optional<Duration> reserve(long permits, Duration maxWait);

  /**
   * Takes permits and waits, however long, until they may be used. If they are there the sleeper is not called.
   *
   * @param permits how many the request costs, from 1 to the burst
   * @param sleeper what waits
   * @throws NullPointerException if {@code sleeper} is null
   * @throws IllegalArgumentException if {@code permits} is less than 1 or more than the burst
   * @throws IllegalStateException if no wait is long enough: the permits would arrive after the limiter's time ends, or
   *     it holds no more reservations; nothing is taken
   * @throws InterruptedException if the sleeper is interrupted; the permits are refunded
   */
  default void acquire(long permits, Sleeper sleeper) throws InterruptedException {
    requireNonNull(sleeper, "sleeper");
    Duration wait = reserveAtAnyWait(permits);
    if (wait.isZero()) {
      return;
    }
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException e) {
      refund(permits);
      throw e;
    }
  }

  /**
   * Takes permits and puts the thread to sleep, however long, until they may be used.
   *
   * @param permits how many the request costs, from 1 to the burst
   * @throws IllegalArgumentException if {@code permits} is less than 1 or more than the burst
   * @throws IllegalStateException if no wait is long enough: the permits would arrive after the limiter's time ends, or
   *     it holds no more reservations; nothing is taken
   * @throws InterruptedException if the thread is interrupted in its sleep; the permits are refunded
   */
  default void acquire(long permits) throws InterruptedException {
    acquire(permits, Sleeper.system());
  }

  /**
   * Takes permits and tells when they may be used, while no thread waits.
   *
   * @param permits how many the request costs, from 1 to the burst
   * @param timer what completes the stage; it is not called if the permits are there
   * @return a stage that completes when the permits may be used; cancelling its {@link
   *     CompletionStage#toCompletableFuture() future} before that refunds them
   * @throws NullPointerException if {@code timer} is null
   * @throws IllegalArgumentException if {@code permits} is less than 1 or more than the burst
   * @throws IllegalStateException if no wait is long enough: the permits would arrive after the limiter's time ends, or
   *     it holds no more reservations; nothing is taken
   * @throws RejectedExecutionException if the timer accepts no more work; the permits are refunded
   */
  default CompletionStage<Void> acquireAsync(long permits, ScheduledExecutorService timer) {
    requireNonNull(timer, "timer");
    Duration wait = reserveAtAnyWait(permits);
    CompletableFuture<Void> ready = new CompletableFuture<>();
    if (wait.isZero()) {
      ready.complete(null);
      return ready;
    }
    Runnable ring = () -> ready.complete(null);
    ScheduledFuture<?> alarm;
    try {
      alarm = timer.schedule(ring, wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      refund(permits);
      throw e;
    }
    var unused = ready.whenComplete((nothing, failure) -> {
      if (failure != null) {
        alarm.cancel(false);
        refund(permits);
      }
    });
    return ready;
  }

  private Duration reserveAtAnyWait(long permits) {
    Limit.checkPermits(permits);
    long burst = limit().burst();
    checkArgument(permits <= burst, "permits must be <= the burst of %s, was %s", burst, permits);
    return reserve(permits, Elapsed.FOREVER)
        .orElseThrow(() -> new IllegalStateException(
            "no wait is long enough for " + permits + " permits of " + limit()));
  }

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
   * <p>A refund forgets when the permits were taken, so a window of time may pass as many more as are given back in it.
   * Whoever waits for permits keeps the wait that was told; what is given back goes to the next caller.
   *
   * @param permits how many, at least 1
   * @throws IllegalArgumentException if {@code permits} is less than 1
   */
  void refund(long permits);

  /**
   * Changes the limit for all calls from now on.
   *
   * <p>The permits that are there stay the same in number, cut at the new burst; a higher burst fills at the new rate.
   * Debt stays the same time: whoever waits for permits keeps the wait that was told, and later callers queue behind.
   *
   * @param next the limit from now on
   * @throws NullPointerException if {@code next} is null
   * @throws IllegalArgumentException if this kind of limiter cannot keep {@code next}; the limit stays as it was
   */
  void changeLimit(Limit next);

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
