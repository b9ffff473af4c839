package dev.whiteboard.ratelimit;

import com.google.common.base.Ticker;
import com.google.common.math.LongMath;

/**
 * Estimates what has passed in the latest period from what was counted in two fixed windows.
 *
 * <p><b>Idea.</b> Suppose that the permits of the window before were used evenly: then a third of the way into the
 * present window, two thirds of them still count. That share, rounded down, and the present window's count may not
 * exceed the limit. Windows are counted from the moment at which the limiter was built. Cloudflare, <i>How we built
 * rate limiting capable of scaling to millions of domains</i>, 2017.
 *
 * <p><b>Bound.</b> A window passes no more than its permits, but a sliding one can pass up to {@code 2n}: all at the
 * end of one window, then the share of it that is let go in the next. So the edge of {@link FixedWindow} is blunted and
 * not removed. How often a decision differs from the exact log depends on the load: one in thousands well below the
 * limit, one in five at it.
 *
 * <p><b>Cost.</b> A clock reading and two divisions under a lock. Three numbers, whatever the limit.
 * <b>Thread safety.</b> Safe; a lock is held.
 *
 * <p><b>Instead.</b> {@link SlidingWindowLog} is exact and remembers each permit. A {@link TokenBucket} bounds every
 * window by burst and rate in one number.
 */
public final class SlidingWindowCounter extends LockedLimiter {
  /** Guarded by {@code this}, as is all below: what was taken in a window, and in the one before. */
  private long current;

  private long previous;

  /** The window of {@code current}, from the start on. */
  private long window;

  /** When the latest permit was used, or will be. It lies in {@code window}. */
  private long latest;

  private long startNanos;
  private long periodNanos;
  private long permits;

  SlidingWindowCounter(Limit limit, Ticker ticker) {
    super(limit, ticker);
    periodNanos = limit.period().toNanos();
    permits = limit.permits();
  }

  @Override
  long earliest(long now, long count) {
    long at = Math.max(now, latest);
    long index = windowAt(at);
    long here = countOf(index);
    long allowed = permits - count;
    if (here <= allowed) {
      long offset = offset(countOf(index - 1), allowed - here);
      if (offset < periodNanos) {
        return Math.max(at, LongMath.saturatedAdd(startOf(index), offset));
      }
    }
    return LongMath.saturatedAdd(startOf(index + 1), offset(here, allowed));
  }

  /** The time into a window from which on no more than {@code allowed} of the window before count, up to a period. */
  private long offset(long before, long allowed) {
    return before <= allowed ? 0 : periodNanos + 1 - Wide.ceil(allowed + 1, periodNanos, before);
  }

  @Override
  void take(long now, long at, long count) {
    long index = windowAt(at);
    long before = countOf(index - 1);
    current = countOf(index) + count;
    previous = before;
    window = index;
    latest = at;
  }

  @Override
  long remaining(long now) {
    return now < latest ? 0 : Math.max(0, permits - countOf(windowAt(now)) - share(now));
  }

  @Override
  void giveBack(long now, long count) {
    long fromCurrent = Math.min(current, count);
    current -= fromCurrent;
    previous -= Math.min(previous, count - fromCurrent);
  }

  @Override
  void check(Limit next) {
    Limit.checkWindow(next, "next");
  }

  /**
   * The new windows are counted from the start of the present one. The present count makes up for the difference of the
   * limits; the window before loses what the present one has not got.
   */
  @Override
  void carryOver(long now, Limit next) {
    latest = Math.max(now, latest);
    long left = Math.min(remaining(latest), next.permits());
    take(now, latest, 0);
    startNanos = startOf(window);
    permits = next.permits();
    periodNanos = next.period().toNanos();
    window = windowAt(latest);
    current = permits - left - share(latest);
    if (current < 0) {
      current = 0;
      previous = Wide.ceil(permits - left, periodNanos, restOfWindow(latest));
    }
  }

  /** How many of the window before still count. */
  private long share(long now) {
    return Wide.floor(countOf(windowAt(now) - 1), restOfWindow(now), periodNanos);
  }

  private long restOfWindow(long now) {
    return periodNanos - (now - startNanos) % periodNanos;
  }

  private long windowAt(long now) {
    return (now - startNanos) / periodNanos;
  }

  private long startOf(long index) {
    return LongMath.saturatedAdd(startNanos, LongMath.saturatedMultiply(index, periodNanos));
  }

  private long countOf(long index) {
    return index == window ? current : index == window - 1 ? previous : 0;
  }
}
