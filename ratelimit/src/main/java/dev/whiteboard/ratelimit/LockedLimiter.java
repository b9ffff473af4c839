package dev.whiteboard.ratelimit;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * A limiter that can tell when permits may be used at the earliest; everything else follows.
 *
 * <p>A request passes at once if the earliest time is now, it is reserved if the time is near enough, and it is told to
 * come back then otherwise. The subclass's state and the limit are guarded by this object's monitor, and so is the
 * reading of the clock: grants are made in the order of their times.
 *
 * <p><b>Thread safety.</b> Safe; a call holds the monitor for its whole, short duration.
 */
abstract class LockedLimiter implements RateLimiter {
  private final Elapsed elapsed;

  /** Guarded by {@code this}. */
  private Limit limit;

  LockedLimiter(Limit limit, Ticker ticker) {
    this.limit = limit;
    elapsed = new Elapsed(ticker);
  }

  /**
   * The first nanosecond, {@code now} or later, at which up to a burst of permits may be used, after all who have
   * reserved; {@link Elapsed#NEVER} if time ends before.
   */
  abstract long earliest(long now, long permits);

  /** Whether the permits may be taken now for use at their earliest time. */
  boolean hasRoom(long now, long permits) {
    return true;
  }

  /** Takes permits now for use at {@code at}, their earliest time. */
  abstract void take(long now, long at, long permits);

  /** How many whole permits may be used now. */
  abstract long remaining(long now);

  /** Gives back permits. */
  abstract void giveBack(long now, long permits);

  /** Throws unless this kind of limiter can keep the limit, which is called {@code next} in the message. */
  abstract void check(Limit next);

  /** Carries the state over to another limit; {@link #limit} still returns the old one. */
  abstract void carryOver(long now, Limit next);

  @Override
  public synchronized boolean tryAcquire(long permits) {
    Limit.checkPermits(permits);
    long now = Elapsed.at(elapsed.reading());
    if (permits > limit.burst() || now == Elapsed.NEVER || earliest(now, permits) > now) {
      return false;
    }
    take(now, now, permits);
    return true;
  }

  @Override
  public synchronized Optional<Duration> reserve(long permits, Duration maxWait) {
    Limit.checkPermits(permits);
    Limit.checkMaxWait(maxWait);
    long reading = elapsed.reading();
    long now = Elapsed.at(reading);
    if (permits > limit.burst() || !hasRoom(now, permits)) {
      return Optional.empty();
    }
    long at = earliest(now, permits);
    Duration wait = until(at, now, reading);
    if (at == Elapsed.NEVER || wait.compareTo(maxWait) > 0) {
      return Optional.empty();
    }
    take(now, at, permits);
    return Optional.of(wait);
  }

  @Override
  public synchronized Decision peek(long permits) {
    Limit.checkPermits(permits);
    long reading = elapsed.reading();
    long now = Elapsed.at(reading);
    long remaining = now == Elapsed.NEVER ? 0 : remaining(now);
    Duration resetAfter = until(earliest(now, limit.burst()), now, reading);
    if (permits > limit.burst()) {
      return new Decision(false, remaining, Optional.empty(), resetAfter);
    }
    long at = earliest(now, permits);
    boolean allowed = at == now && at != Elapsed.NEVER;
    return new Decision(allowed, remaining, Optional.of(until(at, now, reading)), resetAfter);
  }

  /** Zero if the time has come, even if the clock is behind its origin. */
  private static Duration until(long at, long now, long reading) {
    return at == now && at != Elapsed.NEVER ? Duration.ZERO : Elapsed.until(at, reading);
  }

  @Override
  public synchronized void refund(long permits) {
    Limit.checkPermits(permits);
    giveBack(Elapsed.at(elapsed.reading()), permits);
  }

  @Override
  public synchronized void changeLimit(Limit next) {
    check(next);
    carryOver(Elapsed.at(elapsed.reading()), next);
    limit = next;
  }

  @Override
  public synchronized Limit limit() {
    return limit;
  }
}
