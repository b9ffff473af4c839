package dev.whiteboard.ratelimit;

import com.google.common.math.BigIntegerMath;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * The arithmetic of a token bucket whose whole state is its <i>arrival time</i>: the tick at which it is full again.
 *
 * <p><b>Idea.</b> Taking a permit moves the arrival time later by the time that a permit takes to arrive. A time in the
 * past is a full bucket; one that lies further ahead than an empty bucket takes to fill is debt. Time is counted in
 * ticks, chosen so that a permit takes a whole number of them: there is no division, and no remainder to lose. The
 * limiters differ in where they keep the arrival time. ATM Forum, <i>Traffic Management Specification 4.0</i>, 1996,
 * Generic Cell Rate Algorithm.
 *
 * <p><b>Cost.</b> Three multiplications a decision. 48 bytes a limit, which limiters can share.
 * <b>Thread safety.</b> Immutable.
 */
final class Gcra {
  /*
   * No sum overflows. now <= LAST_TICK < 2^62 and capacity <= 2^61. Nothing is granted for a tick after LAST_TICK, so
   * arrival <= LAST_TICK + capacity, and arrival + cost < 2^63.
   */
  static final long LAST_TICK = (1L << 62) - 1;
  private static final long MAX_CAPACITY = 1L << 61;

  /** What {@link #take} returns instead of an arrival time, none of which is negative. */
  static final long REFUSED = -1;

  /** Ticks per nanosecond are below 16 = 2^4, and 63 - 4 bits are left for their fraction. */
  private static final int FRACTION_BITS = 59;

  private final Limit limit;
  private final long burst;

  /** How many ticks a permit takes to arrive. */
  private final long ticksPerPermit;

  /** How many ticks an empty bucket takes to fill. */
  private final long capacity;

  /** Ticks per nanosecond, as a fixed-point number. */
  private final long rate;

  Gcra(Limit limit) {
    this.limit = limit;
    burst = limit.burst();
    BigInteger permits = BigInteger.valueOf(limit.permits());
    BigInteger nanos = BigInteger.valueOf(limit.period().toNanos());
    BigInteger divisor = permits.gcd(nanos);
    ticksPerPermit =
        ticksPerPermit(permits.divide(divisor), nanos.divide(divisor), MAX_CAPACITY / burst);
    capacity = burst * ticksPerPermit;
    rate = BigInteger.valueOf(ticksPerPermit)
        .multiply(permits)
        .shiftLeft(FRACTION_BITS)
        .divide(nanos)
        .longValueExact();
  }

  /**
   * The number of ticks, at most {@code max}, that makes ticks per nanosecond whole, or else as many as stay below
   * 16.
   */
  private static long ticksPerPermit(BigInteger permits, BigInteger nanos, long max) {
    BigInteger sixteen = BigInteger.valueOf(16);
    BigInteger most = BigInteger.valueOf(max);
    if (permits.compareTo(sixteen) < 0 && nanos.compareTo(most) <= 0) {
      return nanos.longValueExact();
    }
    BigInteger finest = sixteen.multiply(nanos).subtract(BigInteger.ONE).divide(permits);
    return finest.min(most).longValueExact();
  }

  Limit limit() {
    return limit;
  }

  /** The arrival time once permits are taken that are there, or {@link #REFUSED}. */
  long take(long arrival, long now, long permits) {
    if (permits > burst) {
      return REFUSED;
    }
    long next = after(arrival, now, permits);
    return next - now <= capacity ? next : REFUSED;
  }

  /** The arrival time once permits, at most the burst, are taken, whether they are there or not. */
  long after(long arrival, long now, long permits) {
    return Math.max(arrival, now) + permits * ticksPerPermit;
  }

  /** The arrival time once permits are given back. */
  long refund(long arrival, long now, long permits) {
    long value = Math.min(permits, burst) * ticksPerPermit;
    return arrival <= now ? arrival : Math.max(now, arrival - value);
  }

  /** How long permits take to be there: empty if they are more than the burst. */
  Optional<Duration> wait(long arrival, long now, long permits, long elapsedNanos) {
    if (permits > burst) {
      return Optional.empty();
    }
    long earliest = after(arrival, now, permits) - capacity;
    return Optional.of(earliest <= now ? Duration.ZERO : until(earliest, elapsedNanos));
  }

  /** Whether a wait is worth it: it is known, it ends, and it is not longer than {@code maxWait}. */
  static boolean isWithin(Duration maxWait, Optional<Duration> wait) {
    return wait.isPresent()
        && wait.get().compareTo(maxWait) <= 0
        && wait.get().compareTo(Elapsed.FOREVER) < 0;
  }

  Decision peek(long arrival, long now, long permits, long elapsedNanos) {
    long missing = Math.max(arrival, now) - now;
    Optional<Duration> retryAfter = wait(arrival, now, permits, elapsedNanos);
    return new Decision(
        retryAfter.isPresent() && retryAfter.get().isZero(),
        Math.max(0, capacity - missing) / ticksPerPermit,
        retryAfter,
        missing == 0 ? Duration.ZERO : until(arrival, elapsedNanos));
  }

  /**
   * The arrival time under this limit of a bucket that has been under another. What is there stays the same number of
   * permits, cut at the burst and rounded down to a tick; debt stays the same time, rounded up to a tick.
   */
  long carryOver(Gcra from, long arrival, long elapsedNanos) {
    long before = from.tickAt(elapsedNanos);
    long now = tickAt(elapsedNanos);
    long missing = Math.max(arrival, before) - before;
    if (missing <= from.capacity) {
      long there = Wide.floor(from.capacity - missing, ticksPerPermit, from.ticksPerPermit);
      return now + capacity - Math.min(there, capacity);
    }
    long debt = Wide.ceil(missing - from.capacity, rate, from.rate);
    return now + capacity + Math.min(debt, LAST_TICK - now);
  }

  /** {@code floor(elapsed * rate / 2^59)} from the 128-bit product; time starts at 0 and stands still at its end. */
  long tickAt(long elapsedNanos) {
    long elapsed = Math.max(0, elapsedNanos);
    long high = Math.multiplyHigh(elapsed, rate);
    long low = elapsed * rate;
    return high <= LAST_TICK >> (Long.SIZE - FRACTION_BITS)
        ? high << (Long.SIZE - FRACTION_BITS) | low >>> FRACTION_BITS
        : LAST_TICK;
  }

  /** The time from {@code elapsedNanos} to the first nanosecond in which {@link #tickAt} shows {@code tick} or more. */
  private Duration until(long tick, long elapsedNanos) {
    if (tick > LAST_TICK) {
      return Elapsed.FOREVER;
    }
    BigInteger nanos = BigIntegerMath.divide(
        BigInteger.valueOf(tick).shiftLeft(FRACTION_BITS),
        BigInteger.valueOf(rate),
        RoundingMode.CEILING);
    BigInteger wait = nanos.subtract(BigInteger.valueOf(elapsedNanos));
    return Duration.ofNanos(
        wait.min(BigInteger.valueOf(Elapsed.FOREVER.toNanos())).longValueExact());
  }
}
