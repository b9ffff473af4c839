package dev.whiteboard.ratelimit;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import com.google.common.math.BigIntegerMath;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * Holds up to {@code burst} permits, refills them evenly, and lets a request pass if its permits are there.
 *
 * <p><b>Idea.</b> The whole state is one number, the time at which the bucket will be full again (the <i>theoretical
 * arrival time</i>). Taking a permit moves it later by the time that a permit takes to arrive; it may not lie further
 * ahead than an empty bucket takes to fill, and a time in the past is a full bucket. So nothing has to be refilled.
 * ATM Forum, <i>Traffic Management Specification 4.0</i>, 1996, Generic Cell Rate Algorithm. Time is counted in
 * ticks, chosen so that a permit takes a whole number of them: there is no division, and no remainder to lose.
 *
 * <p><b>Exactness.</b> Reduce the rate to lowest terms, {@code p} permits in {@code t} ns (100 a second is 1 in 10
 * ms). If {@code p <= 15} and {@code burst * t <= 2^61}, every decision is that of exact arithmetic. Otherwise a
 * grant can be early or late by up to two ticks in the first 18 years: a quarter of a nanosecond, or 2^-59 of the
 * time in which an empty bucket fills if that is longer.
 *
 * <p><b>Time.</b> From one grant to a later one no more passes than the burst and what arrives between their two clock
 * readings, even if the clock stands still or steps back. Time ends 2^62 ticks after the bucket was built, and then
 * nothing more arrives: after 146 years at one tick a nanosecond (1, 10, 100 or 1,000 a second), after nine at least.
 *
 * <p><b>Cost.</b> A clock reading, two multiplications and one compare-and-set; a refusal writes nothing. No
 * allocation, but for {@link #peek}. 64 bytes, besides the limit and the ticker, which can be shared.
 * <b>Thread safety.</b> Safe and lock-free.
 *
 * <p><b>Instead.</b> A bucket can pass {@code burst} requests and then a period's worth within one period. To block
 * until permits arrive, use Guava's {@code RateLimiter}. For several rates on one bucket, or a bucket shared between
 * machines, use Bucket4j.
 */
public final class TokenBucket implements RateLimiter {
  /*
   * Ticks stay small enough that no sum overflows: now < 2^62, capacity <= 2^61 and arrival <= now + capacity, so
   * arrival + cost < 2^63.
   */
  private static final long LAST_TICK = (1L << 62) - 1;
  private static final long MAX_CAPACITY = 1L << 61;

  /** Ticks per nanosecond are below 16 = 2^4, and 63 - 4 bits are left for their fraction. */
  private static final int FRACTION_BITS = 59;

  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private static final VarHandle ARRIVAL;

  static {
    try {
      ARRIVAL = MethodHandles.lookup().findVarHandle(TokenBucket.class, "arrival", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Limit limit;
  private final Ticker ticker;
  private final long originNanos;

  /** How many ticks a permit takes to arrive. */
  private final long ticksPerPermit;

  /** How many ticks an empty bucket takes to fill. */
  private final long capacity;

  /** Ticks per nanosecond, as a fixed-point number. */
  private final long rate;

  /** The tick at which the bucket is full again. Changed by compare-and-set only. */
  private volatile long arrival;

  private TokenBucket(Builder builder) {
    limit = builder.limit;
    ticker = builder.ticker;
    originNanos = ticker.read();
    BigInteger permits = BigInteger.valueOf(limit.permits());
    BigInteger nanos = BigInteger.valueOf(limit.period().toNanos());
    BigInteger divisor = permits.gcd(nanos);
    ticksPerPermit = ticksPerPermit(
        permits.divide(divisor), nanos.divide(divisor), MAX_CAPACITY / limit.burst());
    capacity = limit.burst() * ticksPerPermit;
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

  @Override
  public boolean tryAcquire() {
    return take(ticksPerPermit);
  }

  @Override
  public boolean tryAcquire(long permits) {
    Limit.checkPermits(permits);
    return permits <= limit.burst() && take(permits * ticksPerPermit);
  }

  private boolean take(long cost) {
    long now = tickAt(elapsedNanos());
    long previous;
    long next;
    do {
      previous = arrival;
      next = Math.max(previous, now) + cost;
      if (next - now > capacity) {
        return false;
      }
    } while (!ARRIVAL.compareAndSet(this, previous, next));
    return true;
  }

  @Override
  public void refund(long permits) {
    Limit.checkPermits(permits);
    long value = Math.min(permits, limit.burst()) * ticksPerPermit;
    long now = tickAt(elapsedNanos());
    long previous;
    do {
      previous = arrival;
      if (previous <= now) {
        return;
      }
    } while (!ARRIVAL.compareAndSet(this, previous, previous - value));
  }

  @Override
  public Decision peek(long permits) {
    Limit.checkPermits(permits);
    long elapsed = elapsedNanos();
    long now = tickAt(elapsed);
    long full = Math.max(arrival, now);
    long remaining = Math.max(0, capacity - (full - now)) / ticksPerPermit;
    Duration resetAfter = full > now ? until(full, elapsed) : Duration.ZERO;
    if (permits > limit.burst()) {
      return new Decision(false, remaining, Optional.empty(), resetAfter);
    }
    long earliest = full + permits * ticksPerPermit - capacity;
    boolean allowed = earliest <= now;
    return new Decision(
        allowed,
        remaining,
        Optional.of(allowed ? Duration.ZERO : until(earliest, elapsed)),
        resetAfter);
  }

  @Override
  public Limit limit() {
    return limit;
  }

  private long elapsedNanos() {
    return ticker.read() - originNanos;
  }

  /** {@code floor(elapsed * rate / 2^59)} from the 128-bit product. */
  private long tickAt(long elapsedNanos) {
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
      return FOREVER;
    }
    BigInteger nanos = BigIntegerMath.divide(
        BigInteger.valueOf(tick).shiftLeft(FRACTION_BITS),
        BigInteger.valueOf(rate),
        RoundingMode.CEILING);
    BigInteger wait = nanos.subtract(BigInteger.valueOf(elapsedNanos));
    return Duration.ofNanos(wait.min(BigInteger.valueOf(FOREVER.toNanos())).longValueExact());
  }

  /** Describes a token bucket. */
  public static final class Builder {
    private final Limit limit;
    private Ticker ticker = Ticker.systemTicker();

    Builder(Limit limit) {
      this.limit = requireNonNull(limit, "limit");
    }

    /**
     * Sets the source of elapsed time.
     *
     * @param ticker the source of elapsed time
     * @return this builder
     * @throws NullPointerException if {@code ticker} is null
     */
    public Builder ticker(Ticker ticker) {
      this.ticker = requireNonNull(ticker, "ticker");
      return this;
    }

    /**
     * Creates the bucket and reads its ticker once.
     *
     * @return a full bucket
     */
    public TokenBucket build() {
      return new TokenBucket(this);
    }
  }
}
