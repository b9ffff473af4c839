package dev.whiteboard.ratelimit;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;

/**
 * Holds up to {@code burst} permits, refills them evenly, and lets a request pass if its permits are there.
 *
 * <p><b>Idea.</b> The whole state is one number, the time at which the bucket will be full again (the <i>theoretical
 * arrival time</i>). Taking a permit moves it later by the time that a permit takes to arrive; it may not lie further
 * ahead than an empty bucket takes to fill, and a time in the past is a full bucket. So nothing has to be refilled. A
 * reservation may move it as far ahead as the caller is willing to wait. ATM Forum, <i>Traffic Management
 * Specification 4.0</i>, 1996, Generic Cell Rate Algorithm. Time is counted in ticks, chosen so that a permit takes a
 * whole number of them: there is no division, and no remainder to lose.
 *
 * <p><b>Exactness.</b> Reduce the rate to lowest terms, {@code p} permits in {@code t} ns (100 a second is 1 in 10
 * ms). If {@code p <= 15} and {@code burst * t <= 2^61}, every decision is that of exact arithmetic. Otherwise a
 * grant can be early or late by up to two ticks in the first 18 years: a quarter of a nanosecond, or 2^-59 of the
 * time in which an empty bucket fills if that is longer. A change of the limit loses up to one tick more.
 *
 * <p><b>Time.</b> From one grant to a later one no more passes than the burst, what arrives between their two clock
 * readings, and what is refunded between them, even if the clock stands still or steps back. A reservation counts as
 * granted when its wait is over. Time ends 2^62 ticks after the bucket was built, and then nothing more arrives and
 * nothing is reserved: after 146 years at one tick a nanosecond (1, 10, 100 or 1,000 a second), after nine at least.
 *
 * <p><b>Cost.</b> A clock reading, two multiplications and one compare-and-set; a refusal writes nothing. No
 * allocation, but for {@link #peek}, {@link #changeLimit} and a wait. 64 bytes, besides the ticker and the 48 bytes of
 * the limit's arithmetic, which the buckets of one builder share.
 * <b>Thread safety.</b> Safe and lock-free.
 *
 * <p><b>Instead.</b> A bucket can pass {@code burst} requests and then a period's worth within one period. For a
 * bucket per user, use {@link KeyedRateLimiter}. If many threads compete for one bucket, use {@link
 * LeasedRateLimiter}. For several rates at once, use {@link RateLimiter#allOf}.
 */
public final class TokenBucket implements RateLimiter {
  private static final VarHandle CURRENT;

  static {
    try {
      CURRENT = MethodHandles.lookup().findVarHandle(TokenBucket.class, "current", Arrival.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Ticker ticker;
  private final long originNanos;

  /** The limit and its arrival time. Replaced by compare-and-set only, and only once it is closed. */
  private volatile Arrival current;

  TokenBucket(Gcra gcra, Ticker ticker) {
    this.ticker = ticker;
    originNanos = ticker.read();
    current = new Arrival(gcra, 0);
  }

  @Override
  public boolean tryAcquire() {
    return take(1);
  }

  @Override
  public boolean tryAcquire(long permits) {
    return take(Limit.checkPermits(permits));
  }

  private boolean take(long permits) {
    long elapsed = elapsedNanos();
    while (true) {
      Arrival arrival = current;
      Gcra gcra = arrival.gcra;
      long previous = arrival.tick();
      long next = gcra.take(previous, gcra.tickAt(elapsed), permits);
      if (next == Gcra.REFUSED) {
        return false;
      }
      if (replace(arrival, previous, next)) {
        return true;
      }
    }
  }

  @Override
  public Optional<Duration> reserve(long permits, Duration maxWait) {
    Limit.checkPermits(permits);
    Limit.checkMaxWait(maxWait);
    long elapsed = elapsedNanos();
    while (true) {
      Arrival arrival = current;
      Gcra gcra = arrival.gcra;
      long now = gcra.tickAt(elapsed);
      long previous = arrival.tick();
      Optional<Duration> wait = gcra.wait(previous, now, permits, elapsed);
      if (!Gcra.isWithin(maxWait, wait)) {
        return Optional.empty();
      }
      if (replace(arrival, previous, gcra.after(previous, now, permits))) {
        return wait;
      }
    }
  }

  @Override
  public void refund(long permits) {
    Limit.checkPermits(permits);
    long elapsed = elapsedNanos();
    Arrival arrival;
    long previous;
    long next;
    do {
      arrival = current;
      previous = arrival.tick();
      next = arrival.gcra.refund(previous, arrival.gcra.tickAt(elapsed), permits);
    } while (next != previous && !replace(arrival, previous, next));
  }

  private boolean replace(Arrival arrival, long previous, long next) {
    if (arrival.compareAndSet(previous, next)) {
      return true;
    }
    if (arrival.isClosed()) {
      finishChange(arrival);
    }
    return false;
  }

  @Override
  public void changeLimit(Limit next) {
    Gcra gcra = new Gcra(requireNonNull(next, "next"));
    boolean announced;
    do {
      Arrival arrival = current;
      announced = arrival.announce(gcra);
      finishChange(arrival);
    } while (!announced);
  }

  /** The clock is read after the closing: what was granted before counts as granted before the change. */
  private void finishChange(Arrival arrival) {
    arrival.close();
    CURRENT.compareAndSet(this, arrival, arrival.next(elapsedNanos()));
  }

  @Override
  public Decision peek(long permits) {
    Limit.checkPermits(permits);
    long elapsed = elapsedNanos();
    Arrival arrival = current;
    Gcra gcra = arrival.gcra;
    return gcra.peek(arrival.tick(), gcra.tickAt(elapsed), permits, elapsed);
  }

  /** Whether {@link #peek} would allow it, without its allocation. */
  boolean has(long permits) {
    Arrival arrival = current;
    Gcra gcra = arrival.gcra;
    return gcra.take(arrival.tick(), gcra.tickAt(elapsedNanos()), permits) != Gcra.REFUSED;
  }

  @Override
  public Limit limit() {
    return current.gcra.limit();
  }

  private long elapsedNanos() {
    return ticker.read() - originNanos;
  }
}
