package dev.whiteboard.core.id;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A generator's wall clock in ticks: what it shows, the latest that it has shown, and the wait until ids may go further.
 *
 * <p>A tick is one id of one node: units of time since the epoch {@code << sequenceBits |} sequence. So times and ids are
 * compared without shifting.
 */
final class TickClock {
  /** Readings of a clock that stands still before the wait begins to sleep; a millisecond passes in fewer. */
  private static final int SPINS = 1 << 16;

  private static final int SLEEPS_PER_UNIT = 16;

  /** A clock that moves at all moves on by a unit long before ten units have been slept through. */
  private static final int PATIENCE = SPINS + 10 * SLEEPS_PER_UNIT;

  private final InstantSource wall;
  private final Ticker ticker;
  private final BooleanSupplier permit;
  private final SnowflakeLayout layout;
  private final long epochMillis;
  private final long unitMillis;
  private final int sequenceBits;
  private final long maxLead;

  /** The clock must be below this many units, so that no id reaches beyond the layout's last unit. */
  private final long endUnits;

  /*
   * Both are written when the clock shows another unit, by whoever notices first or by several at once. A late write can
   * put them back by a moment; then the permit is asked again and the lead is a moment shorter. Neither can do harm.
   */
  private volatile long reading = Long.MIN_VALUE;
  private volatile long highest;

  /** Guarded by {@code this}: when a step back of the clock was noticed, and what {@code highest} was then. */
  private long stepNanos;

  private long stepHighest = Long.MIN_VALUE;

  TickClock(SnowflakeBuilder builder, long startUnits) {
    layout = builder.layout;
    wall = builder.clock;
    ticker = builder.ticker;
    permit = builder.permit;
    epochMillis = layout.epoch().toEpochMilli();
    unitMillis = layout.unit().toMillis();
    sequenceBits = layout.sequenceBits();
    maxLead = builder.leadUnits() << sequenceBits;
    endUnits = builder.endUnits();
    highest = startUnits << sequenceBits;
  }

  /** The time now, in ticks with sequence 0. */
  long now() {
    long millis = wall.millis() - epochMillis;
    // A division by a number unknown to the compiler costs as much as the rest of an id.
    return toTicks(unitMillis == 1 ? millis : millis / unitMillis);
  }

  /** As {@link #now()}, but asks for the permit when the clock has moved, whether on or back. */
  long read() {
    long now = now();
    if (now != reading) {
      checkPermit();
      highest = Math.max(highest, now);
      reading = now;
    }
    return now;
  }

  void checkPermit() {
    if (!permit.getAsBoolean()) {
      throw new IllegalStateException(
          "the permit to issue ids is gone: another process may use this node number now");
    }
  }

  long maxLead() {
    return maxLead;
  }

  long leadMillis() {
    return (maxLead >> sequenceBits) * unitMillis;
  }

  /** Whether {@code tick} is certainly near enough; if not, {@link #isWithinLead} knows. */
  boolean isClearlyWithinLead(long tick, long now) {
    return tick - Math.max(now, highest) <= maxLead;
  }

  synchronized boolean isWithinLead(long tick) {
    return tick - latestTime() <= maxLead;
  }

  /** Returns when the clock is near enough. Whoever waits holds the lock; the others wait behind it. */
  synchronized void await(long tick) {
    long seen = latestTime();
    for (int still = 0; tick - seen > maxLead; still++) {
      if (still == PATIENCE) {
        throw new IllegalStateException("the ids are maxLead = " + leadMillis()
            + " ms ahead and the clock has not moved: it must be a running clock");
      }
      pause(still);
      long time = latestTime();
      if (time != seen) {
        still = 0;
        seen = time;
      }
    }
  }

  private void pause(int still) {
    if (still < SPINS) {
      Thread.onSpinWait();
    } else {
      long nanos = TimeUnit.MILLISECONDS.toNanos(unitMillis) / SLEEPS_PER_UNIT;
      Uninterruptibles.sleepUninterruptibly(nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** The clock or, while it is behind its own past, the highest reading plus the time elapsed since that was noticed. */
  private long latestTime() {
    long now = now();
    if (now >= highest) {
      return now;
    }
    long nanos = ticker.read();
    if (stepHighest != highest) {
      stepHighest = highest;
      stepNanos = nanos;
    }
    long elapsedUnits = TimeUnit.NANOSECONDS.toMillis(nanos - stepNanos) / unitMillis;
    return toTicks((highest >> sequenceBits) + elapsedUnits);
  }

  private long toTicks(long units) {
    if (units >= endUnits) {
      throw new IllegalStateException("the layout ends at " + layout.end()
          + " and the clock is within maxLead of it: choose a later epoch");
    }
    return units << sequenceBits;
  }
}
