package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ticker;
import com.google.common.math.LongMath;
import java.util.Arrays;

/**
 * Remembers when each of the latest {@code permits} was used, and so lets no more pass in any period whatsoever.
 *
 * <p><b>Idea.</b> The times of the latest {@code n} permits lie in a ring, oldest first. A permit may be used if the
 * one {@code n} before it was used a period ago or longer. A window includes its start and not its end: a permit that
 * was used exactly a period ago no longer counts, and no window {@code [t, t + period)} holds more than {@code n}. A
 * reservation is a permit whose time lies ahead; a permit is never used before an earlier one.
 *
 * <p><b>Refunds.</b> Nobody tells which permit is meant, so the oldest that counts is freed in its place: that of a
 * later one would let too much pass. While a reservation is outstanding, nothing is given back: the permit that is
 * meant may be one that the ring has already given to who reserved. If a permit is refunded within a period of its
 * use, the rest exceeds no window.
 *
 * <p><b>Changes.</b> Those permits that count keep their times, the latest of them if not all fit; times are judged by
 * the new period, so a shorter one can free some at once. What a larger limit adds arrives with the oldest that
 * counts, or a period from now. As long as the period stays, no window passes more than the largest limit that held
 * in it.
 *
 * <p><b>Cost.</b> O(1) a permit: a clock reading under a lock. {@code 8n} bytes, allocated at once: 8 GB for a thousand
 * limiters of a million. {@link #peek} and {@link #refund} search the ring, O(log n).
 * <b>Thread safety.</b> Safe; a lock is held.
 *
 * <p><b>Instead.</b> {@link Limit#strict} makes a {@link TokenBucket} keep the same bound in 64 bytes, and lets
 * nine tenths of it pass. {@link SlidingWindowCounter} estimates it in three numbers.
 */
public final class SlidingWindowLog extends LockedLimiter {
  private static final long MAX_PERMITS = 1L << 27;

  /** Guarded by {@code this}, as is all below: when the latest permits were used, in order from {@code oldest} on. */
  private long[] times;

  private int oldest;

  /** When the latest permit was used, or will be. */
  private long latest;

  private long periodNanos;

  SlidingWindowLog(Limit limit, Ticker ticker) {
    super(limit, ticker);
    periodNanos = limit.period().toNanos();
    times = new long[(int) limit.permits()];
    Arrays.fill(times, -periodNanos);
  }

  static Limit checkLimit(Limit limit, String name) {
    Limit.checkWindow(limit, name);
    checkArgument(
        limit.permits() <= MAX_PERMITS,
        "permits must be in [1, %s] for a log, was %s",
        MAX_PERMITS,
        limit.permits());
    return limit;
  }

  @Override
  long earliest(long now, long permits) {
    long free = LongMath.saturatedAdd(times[slot((int) permits - 1)], periodNanos);
    return Math.max(Math.max(now, latest), free);
  }

  @Override
  void take(long now, long at, long permits) {
    for (long i = 0; i < permits; i++) {
      times[oldest] = at;
      oldest = slot(1);
    }
    latest = at;
  }

  @Override
  long remaining(long now) {
    return now < latest ? 0 : free(now);
  }

  @Override
  void giveBack(long now, long permits) {
    if (now < latest) {
      return;
    }
    int free = free(now);
    long past = free == 0 ? -periodNanos : times[slot(free - 1)];
    for (int i = free; i < times.length && i - free < permits; i++) {
      times[slot(i)] = past;
    }
  }

  @Override
  void check(Limit next) {
    checkLimit(next, "next");
  }

  @Override
  void carryOver(long now, Limit next) {
    int size = (int) next.permits();
    int free = free(Math.max(now, latest));
    int stillFree = Math.min(free, size);
    long earliestTaken = free < times.length ? times[slot(free)] : Math.max(now, latest);
    long[] carried = new long[size];
    periodNanos = next.period().toNanos();
    Arrays.fill(carried, 0, stillFree, -periodNanos);
    for (int i = size - 1, from = times.length - 1; i >= stillFree; i--, from--) {
      carried[i] = from >= free ? times[slot(from)] : earliestTaken;
    }
    times = carried;
    oldest = 0;
  }

  /** The slot of the i-th oldest time, for {@code i} up to the ring's size. */
  private int slot(int i) {
    int slot = oldest + i;
    return slot < times.length ? slot : slot - times.length;
  }

  /** How many of the oldest permits no longer count at {@code now}. */
  private int free(long now) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[slot(middle)] <= now - periodNanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
