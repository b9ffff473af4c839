package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import com.google.common.math.LongMath;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A token bucket for many threads at once, which take permits from it in blocks.
 *
 * <p><b>Idea.</b> A thread takes from its stripe, a counter that few other threads use, and does not read the clock. If
 * the stripe is empty, the thread leases a block of permits from a {@link TokenBucket} in the centre. If another thread
 * is at the stripe, it goes on to the next, as Java's {@code LongAdder} does. To set a share of a total aside, so that
 * all that follows is decided without the total, is escrow: O'Neil, <i>The Escrow Transactional Method</i>, ACM TODS,
 * 1986.
 *
 * <p><b>Law.</b> In any window of time no more passes than {@code burst} and what arrives in it, however old the leases
 * are. For a stripe holds at most {@code lease} permits, and the centre's burst is {@code burst - stripes * lease}. What
 * passes was in a stripe when the window began, which is at most {@code stripes * lease}; or it left the centre since,
 * which is at most the centre's burst and what has arrived.
 *
 * <p><b>Price.</b> Leases neither expire nor return. A request that neither its stripe nor the centre can serve looks
 * into the other stripes, so no permit is out of reach; but a stripe that nobody uses is not refilled, and after a pause
 * up to {@code stripes * lease} permits fewer are there than in a full bucket. A request takes its permits from one
 * stripe, the centre, or its stripe and the centre; for more than the centre's burst it is refused at once. Whoever finds
 * permits in a stripe passes ahead of those who wait for the centre.
 *
 * <p><b>Cost.</b> One compare-and-set, and the centre's decision for every {@code lease} permits; a refusal reads the clock
 * and every stripe, and writes nothing. 128 bytes a stripe. No allocation, but for {@link #peek} and a wait. <b>Thread safety.</b> Safe; no thread waits for another.
 *
 * <p><b>Instead.</b> For one thread, or a burst that is small beside the number of threads, {@link TokenBucket}.
 */
public final class LeasedRateLimiter implements RateLimiter {
  /** 128 bytes, for processors fetch cache lines in pairs. */
  private static final int SPACING = 16;

  private static final int MOST_STRIPES = 1024;

  /** What a stripe shows while a thread refills it, with its permits in hand. */
  private static final long REFILLING = -1;

  private final TokenBucket centre;
  private final long lease;
  private final int mask;

  /** One in {@code SPACING} is a stripe, of at most {@code lease} permits. Changed by compare-and-set, or by who refills it. */
  private final AtomicLongArray stripes;

  private LeasedRateLimiter(Builder builder) {
    lease = builder.leaseOrDefault();
    mask = builder.stripes - 1;
    centre = RateLimiter.tokenBucket(centreLimit(builder.limit))
        .ticker(builder.ticker)
        .build();
    stripes = new AtomicLongArray((builder.stripes + 1) * SPACING);
    for (int stripe = 0; stripe <= mask; stripe++) {
      stripes.set(cellOf(stripe), lease);
    }
  }

  /** What is left to the centre of a limit. */
  private Limit centreLimit(Limit limit) {
    long least = LongMath.saturatedMultiply(mask + 2L, lease);
    checkArgument(
        limit.burst() >= least,
        "burst must be >= (stripes + 1) * lease = %s, was %s",
        least,
        limit.burst());
    return limit.burst(limit.burst() - leased());
  }

  /** The most that all stripes hold. */
  private long leased() {
    return (mask + 1) * lease;
  }

  /**
   * Starts to describe a leased limiter.
   *
   * @param limit how much may pass
   * @return a builder with eight stripes that hold up to half of the burst, and the system's ticker
   * @throws NullPointerException if {@code limit} is null
   */
  public static Builder builder(Limit limit) {
    return new Builder(limit);
  }

  @Override
  public boolean tryAcquire() {
    int home = stripeOfThread();
    long held = stripes.get(cellOf(home));
    return (held > 0 && stripes.compareAndSet(cellOf(home), held, held - 1)) || tryAcquire(1, home);
  }

  @Override
  public boolean tryAcquire(long permits) {
    return tryAcquire(Limit.checkPermits(permits), stripeOfThread());
  }

  /** From the stripe at {@code home}, or the next if another thread is at it. */
  boolean tryAcquire(long permits, int home) {
    if (permits > lease) {
      return centre.tryAcquire(permits);
    }
    for (int i = 0; i <= mask; i++) {
      int cell = cellOf(home + i);
      long held = stripes.get(cell);
      if (held >= permits) {
        if (stripes.compareAndSet(cell, held, held - permits)) {
          return true;
        }
      } else if (held != REFILLING) {
        if (!centre.has(permits - held)) {
          return takeFromAny(permits);
        }
        if (stripes.compareAndSet(cell, held, REFILLING)) {
          return takeAndRefill(permits, cell, held) || takeFromAny(permits);
        }
      }
    }
    return centre.tryAcquire(permits);
  }

  private boolean takeAndRefill(long permits, int cell, long held) {
    long left = held;
    try {
      if (centre.tryAcquire(lease)) {
        left = held + lease - permits;
        return true;
      }
      if (centre.tryAcquire(permits - held)) {
        left = 0;
        return true;
      }
      return false;
    } finally {
      stripes.set(cell, left);
    }
  }

  private boolean takeFromAny(long permits) {
    for (int stripe = 0; stripe <= mask; stripe++) {
      int cell = cellOf(stripe);
      long held = stripes.get(cell);
      while (held >= permits) {
        if (stripes.compareAndSet(cell, held, held - permits)) {
          return true;
        }
        held = stripes.get(cell);
      }
    }
    return false;
  }

  @Override
  public Optional<Duration> reserve(long permits, Duration maxWait) {
    Limit.checkPermits(permits);
    Limit.checkMaxWait(maxWait);
    return tryAcquire(permits, stripeOfThread())
        ? Optional.of(Duration.ZERO)
        : centre.reserve(permits, maxWait);
  }

  /** {@inheritDoc} They go to the centre. */
  @Override
  public void refund(long permits) {
    centre.refund(permits);
  }

  /**
   * {@inheritDoc} The answer is for the calling thread. Stripes that are not full do not count in {@link
   * Decision#resetAfter}.
   */
  @Override
  public Decision peek(long permits) {
    return peek(Limit.checkPermits(permits), stripeOfThread());
  }

  Decision peek(long permits, int home) {
    long most = 0;
    long sum = 0;
    for (int stripe = 0; stripe <= mask; stripe++) {
      long held = heldBy(stripe);
      most = Math.max(most, held);
      sum += held;
    }
    boolean inOneStripe = most >= permits;
    long missing = permits <= lease ? Math.max(1, permits - heldBy(home)) : permits;
    Decision rest = centre.peek(missing);
    return new Decision(
        inOneStripe || rest.allowed(),
        sum + rest.remaining(),
        inOneStripe ? Optional.of(Duration.ZERO) : rest.retryAfter(),
        rest.resetAfter());
  }

  /** What a stripe has to give. */
  private long heldBy(int stripe) {
    return Math.max(0, stripes.get(cellOf(stripe)));
  }

  /**
   * {@inheritDoc} What is in the stripes stays there.
   *
   * @throws IllegalArgumentException if the burst of {@code next} is less than {@code (stripes + 1) * lease}
   */
  @Override
  public void changeLimit(Limit next) {
    centre.changeLimit(centreLimit(requireNonNull(next, "next")));
  }

  @Override
  public Limit limit() {
    Limit limit = centre.limit();
    return limit.burst(limit.burst() + leased());
  }

  /** Threads that start together have neighbouring ids. */
  private int stripeOfThread() {
    return (int) Thread.currentThread().getId();
  }

  private int cellOf(int stripe) {
    return ((stripe & mask) + 1) * SPACING;
  }

  /** Describes a leased limiter. */
  public static final class Builder {
    private final Limit limit;
    private int stripes = 8;
    private Optional<Long> lease = Optional.empty();
    private Ticker ticker = Ticker.systemTicker();

    private Builder(Limit limit) {
      this.limit = requireNonNull(limit, "limit");
    }

    /**
     * Sets the number of stripes: about as many as threads that take permits at the same time.
     *
     * @param stripes a power of two, from 1 to 1024
     * @return this builder
     * @throws IllegalArgumentException if {@code stripes} is not such a number
     */
    public Builder stripes(int stripes) {
      checkArgument(
          Integer.bitCount(stripes) == 1 && stripes >= 1 && stripes <= MOST_STRIPES,
          "stripes must be a power of two in [1, %s], was %s",
          MOST_STRIPES,
          stripes);
      this.stripes = stripes;
      return this;
    }

    /**
     * Sets how many permits a stripe takes from the centre at a time, and holds at most. If this is not called, the
     * stripes share half of the burst.
     *
     * @param lease how many, at least 1; {@code stripes + 1} leases must fit into the burst
     * @return this builder
     * @throws IllegalArgumentException if {@code lease} is less than 1
     */
    public Builder lease(long lease) {
      checkArgument(lease >= 1, "lease must be >= 1, was %s", lease);
      this.lease = Optional.of(lease);
      return this;
    }

    private long leaseOrDefault() {
      return lease.orElse(Math.max(1, limit.burst() / (2L * stripes)));
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
     * Creates the limiter with full stripes and a full centre, and reads its ticker once.
     *
     * @return a limiter of which the whole burst can be taken
     * @throws IllegalArgumentException if the burst is less than {@code (stripes + 1) * lease}
     */
    public LeasedRateLimiter build() {
      return new LeasedRateLimiter(this);
    }
  }
}
