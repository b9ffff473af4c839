package dev.whiteboard.ratelimit;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import com.google.common.math.LongMath;

/**
 * A queue that requests leave at even intervals, however unevenly they come.
 *
 * <p><b>Idea.</b> A request of {@code k} permits leaves when those before it are out, and is itself on its way for as
 * long as {@code k} permits take to arrive. {@link #reserve} tells each when it leaves; {@link #tryAcquire} takes a
 * request only if it leaves now. The bucket holds {@code burst} permits, those on their way included, in proportion to
 * the rest of the way; a request that would overflow it is refused at any wait. The {@code i}-th permit of a busy time
 * leaves exactly {@code i} intervals after the first one, rounded up to a nanosecond: no rounding adds up.
 *
 * <p><b>Queue and meter.</b> A {@link TokenBucket} of the same limit is the same bucket as a <i>meter</i>: it accepts
 * the same requests as {@code reserve} at any wait, and lets each pass at once instead of in its turn. So token bucket
 * and leaky bucket decide alike; only the queue smooths. Turner, <i>New Directions in Communications</i>, 1986.
 *
 * <p><b>Refunds</b> give nothing back. Those behind have been told their times, so the place stays empty: to hand it
 * out again would let two requests leave together. Reserve with a bound on the wait rather than cancel.
 *
 * <p><b>Cost.</b> A clock reading, three multiplications and a division under a lock. Four numbers.
 * <b>Thread safety.</b> Safe; a lock is held.
 *
 * <p><b>Instead.</b> Smoothing delays a burst that the server could have taken: use {@link TokenBucket} unless the
 * receiver needs even gaps.
 */
public final class LeakyBucket extends LockedLimiter {
  /** Guarded by {@code this}, as is all below: when the present busy time began. */
  private long busySince;

  /** How many permits have been taken since. They are out {@code taken * interval} after {@code busySince}. */
  private long taken;

  /** The interval between permits is {@code nanos / permits}, in lowest terms. */
  private long nanos;

  private long permits;
  private long burst;

  LeakyBucket(Limit limit, Ticker ticker) {
    super(limit, ticker);
    setPace(limit);
  }

  private void setPace(Limit limit) {
    long period = limit.period().toNanos();
    long divisor = LongMath.gcd(limit.permits(), period);
    nanos = period / divisor;
    permits = limit.permits() / divisor;
    burst = limit.burst();
  }

  @Override
  long earliest(long now, long count) {
    return Math.max(now, idleAt());
  }

  @Override
  boolean hasRoom(long now, long count) {
    return taken <= Long.MAX_VALUE - count
        && Wide.atMost(taken + count - burst, nanos, now - busySince, permits);
  }

  @Override
  void take(long now, long at, long count) {
    if (at == now) {
      busySince = now;
      taken = 0;
    }
    taken += count;
    // As many permits as the interval's divisor leave in a whole number of nanoseconds: this keeps
    // the product small.
    long whole = taken / permits;
    busySince = LongMath.saturatedAdd(busySince, LongMath.saturatedMultiply(whole, nanos));
    taken -= whole * permits;
  }

  @Override
  long remaining(long now) {
    return now < idleAt() ? 0 : burst;
  }

  @Override
  void giveBack(long now, long count) {}

  @Override
  void check(Limit next) {
    requireNonNull(next, "next");
  }

  @Override
  void carryOver(long now, Limit next) {
    busySince = idleAt();
    taken = 0;
    setPace(next);
  }

  /** When all that was taken is out, rounded up. */
  private long idleAt() {
    return LongMath.saturatedAdd(busySince, Wide.ceil(taken, nanos, permits));
  }
}
