package dev.whiteboard.ratelimit;

import com.google.common.base.Ticker;
import com.google.common.math.LongMath;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets {@code permits} pass in each period, and starts to count again in the next.
 *
 * <p><b>Idea.</b> Number all permits that ever arrive: window 0 holds {@code 0 .. n-1}, window 1 holds
 * {@code n .. 2n-1}. The whole state is the number of the first permit that is not taken; what lies before the present
 * window is lost. Taking permits adds to it, and a sum beyond the present window is a reservation in a later one.
 * Windows are counted from the moment at which the limiter was built, not from the wall clock: a fleet does not refill
 * at the stroke of the hour.
 *
 * <p><b>Bound.</b> A window passes no more than its permits, but two neighbours can pass theirs within a moment of
 * their border: up to {@code 2n} in any period. A reservation takes what is left of a window and the rest of the next
 * ones, and acts in the last: a window can so pass more by what one reservation has taken before. Permits that are
 * refunded while later ones are reserved go to the latest window. By the end of window {@code w}, no more than
 * {@code (w+1)n} have passed.
 *
 * <p><b>Cost.</b> A clock reading, a division and one compare-and-set; a refusal writes nothing. No allocation, but
 * for the answers of {@link #reserve} and {@link #peek}.
 * <b>Thread safety.</b> Safe and lock-free, but for a moment while the limit changes.
 *
 * <p><b>Time.</b> Ends when 2^62 permits have arrived, after nine years at 15 a nanosecond, or 292 years after the
 * limiter was built.
 *
 * <p><b>Instead.</b> A {@link TokenBucket} costs the same and has no borders. {@link SlidingWindowLog} exceeds no
 * window at all.
 */
public final class FixedWindow implements RateLimiter {
  /** More permits than this never arrive, so that no sum of numbers overflows. */
  private static final long MAX_PERMITS = 1L << 62;

  /** Stands for the number of the next permit when the windows have been replaced: it allows nothing. */
  private static final long MOVED = Long.MAX_VALUE;

  private static final VarHandle NEXT;

  static {
    try {
      NEXT = MethodHandles.lookup().findVarHandle(Windows.class, "next", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Elapsed elapsed;

  /** Replaced by {@link #changeLimit} only, which holds the monitor and closes the old windows first. */
  private volatile Windows windows;

  FixedWindow(Limit limit, Ticker ticker) {
    elapsed = new Elapsed(ticker);
    windows = new Windows(limit, 0, 0);
  }

  @Override
  public boolean tryAcquire(long permits) {
    Limit.checkPermits(permits);
    long now = Elapsed.at(elapsed.reading());
    while (true) {
      Windows current = windows;
      long next = current.next;
      long first = current.firstFree(next, now);
      if (permits > current.endAt(now) - first) {
        if (next != MOVED) {
          return false;
        }
        Thread.onSpinWait();
      } else if (NEXT.compareAndSet(current, next, first + permits)) {
        return true;
      }
    }
  }

  @Override
  public Optional<Duration> reserve(long permits, Duration maxWait) {
    Limit.checkPermits(permits);
    Limit.checkMaxWait(maxWait);
    long reading = elapsed.reading();
    long now = Elapsed.at(reading);
    while (true) {
      Windows current = windows;
      long next = openNext(current);
      if (next == MOVED) {
        continue;
      }
      long first = current.firstFree(next, now);
      long last = current.windowOf(first + Math.min(permits, current.permits) - 1);
      Duration wait = current.untilStart(last, reading);
      if (permits > current.permits || last > current.lastWindow || wait.compareTo(maxWait) > 0) {
        return Optional.empty();
      }
      if (NEXT.compareAndSet(current, next, first + permits)) {
        return Optional.of(wait);
      }
    }
  }

  @Override
  public void refund(long permits) {
    Limit.checkPermits(permits);
    long now = Elapsed.at(elapsed.reading());
    while (true) {
      Windows current = windows;
      long next = openNext(current);
      long start = current.startAt(now);
      if (next <= start
          || (next != MOVED
              && NEXT.compareAndSet(current, next, Math.max(start, next - permits)))) {
        return;
      }
    }
  }

  @Override
  public Decision peek(long permits) {
    Limit.checkPermits(permits);
    long reading = elapsed.reading();
    long now = Elapsed.at(reading);
    Windows current;
    long next;
    do {
      current = windows;
      next = openNext(current);
    } while (next == MOVED);
    long first = current.firstFree(next, now);
    long remaining = Math.max(0, current.endAt(now) - first);
    Duration resetAfter = current.untilStart(current.windowFor(first, current.permits), reading);
    if (permits > current.permits) {
      return new Decision(false, remaining, Optional.empty(), resetAfter);
    }
    Duration retryAfter = permits <= remaining
        ? Duration.ZERO
        : current.untilStart(current.windowFor(first, permits), reading);
    return new Decision(permits <= remaining, remaining, Optional.of(retryAfter), resetAfter);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The new windows are counted from the start of the present one, so that a limit that changes often still arrives.
   *
   * @throws IllegalArgumentException if the burst is not the number of permits
   */
  @Override
  public synchronized void changeLimit(Limit next) {
    Limit.checkWindow(next, "next");
    long now = Elapsed.at(elapsed.reading());
    Windows old = windows;
    windows = old.changed(next, (long) NEXT.getAndSet(old, MOVED), now);
  }

  @Override
  public Limit limit() {
    return windows.limit;
  }

  /** The number of the next permit, or a pause if the windows are being replaced. */
  private static long openNext(Windows windows) {
    long next = windows.next;
    if (next == MOVED) {
      Thread.onSpinWait();
    }
    return next;
  }

  /** The windows of one limit, and the next permit of them. */
  private static final class Windows {
    final Limit limit;
    final long permits;
    final long periodNanos;

    /** When window 0 starts, since the limiter was built. */
    final long startNanos;

    /** The last window that starts before the end of time. */
    final long lastWindow;

    /** The number of the first permit that is not taken. Changed by compare-and-set only. */
    volatile long next;

    Windows(Limit limit, long startNanos, long next) {
      this.limit = limit;
      this.startNanos = startNanos;
      permits = limit.permits();
      periodNanos = limit.period().toNanos();
      lastWindow =
          Math.min(MAX_PERMITS / permits - 1, (Elapsed.NEVER - 1 - startNanos) / periodNanos);
      this.next = next;
    }

    long windowAt(long now) {
      return Math.min(Math.max(0, now - startNanos) / periodNanos, lastWindow);
    }

    long startAt(long now) {
      return windowAt(now) * permits;
    }

    long endAt(long now) {
      return startAt(now) + permits;
    }

    long firstFree(long next, long now) {
      return Math.max(next, startAt(now));
    }

    long windowOf(long permit) {
      return permit / permits;
    }

    /** The first window that holds so many permits from {@code first} on. */
    long windowFor(long first, long count) {
      long window = windowOf(first);
      return first % permits + count <= permits ? window : window + 1;
    }

    /** The time from a reading to a window's start, or zero. */
    Duration untilStart(long window, long reading) {
      if (window == windowAt(Elapsed.at(reading))) {
        return Duration.ZERO;
      }
      return window > lastWindow ? Elapsed.FOREVER : Elapsed.until(startOf(window), reading);
    }

    /** When a window starts, up to the last one. */
    long startOf(long window) {
      return startNanos + window * periodNanos;
    }

    /** Windows of another limit, in which as many permits are free as here, and none before the last one reserved. */
    Windows changed(Limit to, long next, long now) {
      long present = windowAt(now);
      long last = Math.max(present, (next - 1) / permits);
      long free = Math.min((last + 1) * permits - Math.max(next, startAt(now)), to.permits());
      Windows changed = new Windows(to, startOf(present), 0);
      long reserved = LongMath.divide(
          startOf(last) - changed.startNanos, changed.periodNanos, RoundingMode.CEILING);
      long window = Math.min(Math.max(changed.windowAt(now), reserved), changed.lastWindow);
      changed.next = (window + 1) * changed.permits - free;
      return changed;
    }
  }
}
